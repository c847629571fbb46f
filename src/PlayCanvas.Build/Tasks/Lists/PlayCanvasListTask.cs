using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>The base class of the tasks that list what the projects have: as items, as a table, and as a one-line summary.</summary>
public abstract class PlayCanvasListTask : PlayCanvasServiceTask
{
    /// <summary>The maximum number of records to list, 1 to 100,000. Default: all of them.</summary>
    public string? Limit { get; set; }

    /// <summary>The number of records to skip at the beginning of the list, 0 or more. Default: 0.</summary>
    public string? Skip { get; set; }

    /// <summary>The records of all games as items.</summary>
    private protected ITaskItem[] Items { get; private set; } = [];

    /// <summary>Whether each branch has its own list; otherwise, the project has one list.</summary>
    private protected virtual bool IsPerBranch => false;

    private protected sealed override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var paging = ReadPaging();
        foreach (var sameList in games.GroupBy(game => (game.Settings.ProjectId, IsPerBranch ? game.Settings.Branch : null)))
        {
            using var connection = Connect(sameList.First());
            var list = Request(new ListSource(new PlayCanvasClient(connection), sameList.First().Settings, cancellationToken), paging);
            foreach (var line in list.FormatTable(LineWidth()))
                Say(line);
            SayResult(list.Summary);
            Items = [.. Items, .. list.MakeItems(Redact)];
        }
    }

    /// <summary>Requests the records of a game's project or branch.</summary>
    private protected abstract RecordList Request(ListSource source, Paging paging);

    /// <summary>Returns the requested part of a list that the server does not limit.</summary>
    private protected static IReadOnlyList<T> Part<T>(IEnumerable<T> records, Paging paging) => [.. records.Skip(paging.Skip ?? 0).Take(paging.Limit ?? int.MaxValue)];

    /// <summary>Reads options from the parameters of the task.</summary>
    private protected static OptionValues Read(params IReadOnlyList<(Option Option, string? Value)> parameters) =>
        new(new NamedValues([.. parameters.Select(parameter => (parameter.Option.Name, parameter.Value))]));

    /// <summary>Reads the requested part of the list and its order.</summary>
    private protected virtual Paging ReadPaging()
    {
        var values = Read((Options.ListLimit, Limit), (Options.ListSkip, Skip));
        return new Paging { Limit = values.Number(Options.ListLimit), Skip = values.Number(Options.ListSkip) };
    }
}

/// <summary>The base class of the tasks whose lists the server can sort.</summary>
public abstract class PlayCanvasSortedListTask : PlayCanvasListTask
{
    /// <summary>The name of the field by which the list is sorted, such as <c>created_at</c>. Default: the server's order.</summary>
    public string? Sort { get; set; }

    /// <summary>
    /// <c>1</c> for ascending or <c>-1</c> for descending order; any other value is the error PLAYCANVAS1021. Default: the server's order.
    /// </summary>
    public string? Order { get; set; }

    private protected sealed override Paging ReadPaging()
    {
        var values = Read((Options.ListSort, Sort), (Options.ListOrder, Order));
        return base.ReadPaging() with
        {
            Sort = values.Text(Options.ListSort),
            Order = values.Choice(Options.ListOrder) is { } order ? int.Parse(order, CultureInfo.InvariantCulture) : null,
        };
    }
}

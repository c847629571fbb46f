using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that bring games up to date, or take a step towards it.</summary>
public abstract class PlayCanvasDownloadTask : PlayCanvasServiceTask
{
    private readonly List<GameContent> contents = [];
    private readonly List<ITaskItem> doneGames = [];
    private readonly List<ITaskItem> heldBackGames = [];
    private readonly List<ITaskItem> installed = [];
    private Func<GameResult> resultSoFar = () => new GameResult();

    /// <summary>
    /// All games of the project: the result file describes them, also those that the task has nothing to do for. Default: the games of the task.
    /// </summary>
    public ITaskItem[] ProjectGames { get; set; } = [];

    /// <summary>
    /// The budgets: <c>@(PlayCanvasBudget)</c>. An invalid one is the error PLAYCANVAS1040 or PLAYCANVAS1041. A game that exceeds one is the warning
    /// PLAYCANVAS4029, or the error PLAYCANVAS4030; then the project keeps the game that it had. Default: none.
    /// </summary>
    public ITaskItem[] Budget { get; set; } = [];

    /// <summary>
    /// The folder for the size report of a game that a budget refuses, absolute or relative to the project's folder. Default: no report.
    /// </summary>
    public string? SizeReportDirectory { get; set; }

    /// <summary><c>true</c> requests a new export even if the wanted content is there. Default: <c>false</c>.</summary>
    public string? Update { get; set; }

    /// <summary><c>true</c> compares the bytes of each file, not only its presence, length and time. Default: <c>false</c>.</summary>
    public string? Verify { get; set; }

    /// <summary>
    /// The installed files: full paths, with the path relative to the game's folder as the metadata <c>RelativePath</c>. Empty when no game is
    /// installed.
    /// </summary>
    [Output]
    public ITaskItem[] Files => [.. contents.SelectMany(content => content.Manifest.Files.Select(file => FileItem(content.PathOf(file), file)))];

    /// <summary>The games for which the remaining steps have nothing to do.</summary>
    [Output]
    public ITaskItem[] DoneGames => [.. doneGames];

    /// <summary>
    /// The games that have a content: the path of each, with the full path of the folder of its files as the metadata <c>ContentDirectory</c>, and
    /// what the build did as the metadata <c>Result</c>: an object of the result file, as JSON. The metadata <c>Summary</c> says it in a few words. A
    /// game that the next step works on has neither.
    /// </summary>
    [Output]
    public ITaskItem[] InstalledGames => [.. installed];

    /// <summary>The games whose export was not requested, because the rate limit is used up.</summary>
    private protected IReadOnlyList<ITaskItem> HeldBack => heldBackGames;

    /// <summary>Whether an export is not requested, for now, when the request would wait for the rate limit.</summary>
    private protected virtual bool HoldsBack => false;

    /// <summary>Takes the step, or all of them.</summary>
    private protected abstract void Run(GameUpdate update);

    private protected sealed override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        var values = new OptionValues(new NamedValues((Options.Update.Name, Update), (Options.Verify.Name, Verify)));
        var options = new DownloadOptions(values.IsOn(Options.Update), values.IsOn(Options.Verify), HoldsBack) { SizeReportDirectory = OptionValues.Trimmed(SizeReportDirectory) };
        var updates = new List<GameUpdate>();
        IReadOnlyList<ProjectGame> all = ProjectGames.Length == 0 ? games : [.. ProjectGames.Select(item => new ProjectGame(item, [], ProjectPath))];
        Results.Begin(all);
        foreach (var game in games)
        {
            Results.Begin(game);
            var wanted = options with { Budgets = BudgetItems.For(Budget, game.Path, all.Select(known => known.Path)) };
            if (game.IsDryRun)
            {
                Plan(game, wanted, cancellationToken);
                continue;
            }

            using var update = new GameUpdate(this, game, wanted, cancellationToken);
            resultSoFar = () => update.Result;
            updates.Add(update);
            update.Begin();
            Run(update);
            var result = update.IsDone ? Results.End(update.Result) : null;
            if (result is not null)
                doneGames.Add(game.Item);
            if (update.IsHeldBack)
                heldBackGames.Add(game.Item);
            if (update.Content is not { } content)
                continue;

            contents.Add(content);
            installed.Add(InstalledItem(game, content, result));
        }

        foreach (var update in updates)
            update.RenewUpToDate();
    }

    private void Plan(ProjectGame game, DownloadOptions options, CancellationToken cancellationToken)
    {
        using var plan = new GamePlan(this, game, options, cancellationToken);
        resultSoFar = () => plan.Result;
        plan.Make();
        var result = Results.End(plan.Result);
        doneGames.Add(game.Item);
        installed.Add(InstalledItem(game, plan.Current, result));
        if (plan.Current is { } current)
            contents.Add(current);
    }

    private protected sealed override void ReportFailure()
    {
        if (Results.Current is not null)
            Results.End(resultSoFar() with { Outcome = Outcome.Failed });
    }

    private static ITaskItem InstalledItem(ProjectGame game, GameContent? content, GameResult? result)
    {
        ITaskItem2 item = new TaskItem(game.Item);
        item.SetMetadataValueLiteral("Result", result is null ? "" : ResultFile.Format(result));
        item.SetMetadataValueLiteral("Summary", result?.Summary ?? "");
        item.SetMetadataValueLiteral("ContentDirectory", content?.Directory ?? "");
        return item;
    }

    private static ITaskItem FileItem(string path, GameFile file)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(path));
        item.SetMetadataValueLiteral("RelativePath", file.Path);
        return item;
    }
}

using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>Makes a checkpoint of each game's branch exactly once, and waits until it is complete.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCreateCheckpoint : PlayCanvasReleaseTask
{
    /// <summary>
    /// The checkpoints, one for each branch. The identity of an item is the checkpoint's id; each field of the record is metadata. So are <c>Branch</c>,
    /// the name of the branch, and <c>Outcome</c>: <c>created</c>, <c>reused</c> or <c>planned</c>, which is also the identity in a dry run.
    /// </summary>
    [Output]
    public ITaskItem[] Checkpoints { get; private set; } = [];

    private protected override void Run(IReadOnlyList<ProjectGame> games, CancellationToken cancellationToken)
    {
        Results.Begin(games);
        var wanted = games
            .Where(game => game.Values.IsOn(Options.Publish))
            .Select(game => (Game: game, Settings: CheckpointSettings.Read(game, VersionOf(game), PublishIdOf(game))))
            .ToList();
        if (Log.HasLoggedErrors)
            return; // A warning that the project turns into an error must prevent the checkpoint.

        foreach (var sameBranch in wanted.GroupBy(checkpoint => (checkpoint.Game.Settings.ProjectId, checkpoint.Game.Settings.Branch)))
            Run(sameBranch.First().Game, sameBranch.First().Settings, cancellationToken);
    }

    private protected override void ReportFailure()
    {
        if (Results.Current is { } game)
            Results.End(new CheckpointResult { Outcome = Outcome.Failed, ProjectId = game.Settings.ProjectId });
    }

    private void Run(ProjectGame game, CheckpointSettings settings, CancellationToken cancellationToken)
    {
        Results.Begin(game);
        using var connection = Connect(game);
        var client = new PlayCanvasClient(connection);
        var lists = new ProjectLists(client, settings.Release.ProjectId, cancellationToken);
        using var checkpoint = ReleaseCheckpoint.Open(this, client, game, settings, game.Settings.WithBranch(settings.Release, lists).BranchId, lists, cancellationToken);
        if (game.IsDryRun)
        {
            SayPlan(checkpoint.Plan(cancellationToken));
            Add(checkpoint, new Checkpoint { ProjectId = settings.Release.ProjectId, BranchId = checkpoint.Branch.Id, Description = settings.Description }, Outcome.Planned);
            return;
        }

        var made = checkpoint.Make(cancellationToken);
        var record = checkpoint.RecordOf(made, cancellationToken);
        checkpoint.Forget();
        var isNew = made.Origin == CheckpointOrigin.New;
        var title = ApiJson.OneLine((record.Description ?? "").Split('\n')[0]);
        SayResult($"checkpoint {record.Id} of {checkpoint.Branch.Name}{(isNew ? "" : ", made before")}: \"{title}\"");
        Add(checkpoint, record, isNew ? Outcome.Created : Outcome.Reused);
    }

    private void Add(ReleaseCheckpoint checkpoint, Checkpoint record, string outcome)
    {
        var result = Results.End(new CheckpointResult
        {
            Outcome = outcome,
            ProjectId = record.ProjectId ?? Results.Current!.Settings.ProjectId,
            Branch = checkpoint.Branch.Id is { } id ? new LockedName(id, checkpoint.Branch.Name) : null,
            Checkpoint = record.Id,
            Description = record.Description,
        });
        Checkpoints = [.. Checkpoints, RecordItem.Create(record.Id ?? outcome, [.. CheckpointItem.Fields(record), ("Branch", checkpoint.Branch.Name), ("Outcome", result.Outcome)], Redact)];
    }
}

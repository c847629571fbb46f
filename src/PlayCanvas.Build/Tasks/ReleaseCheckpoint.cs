using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Makes the checkpoint of a release, and says what it does. Only one build of the user at a time makes a checkpoint of a branch.</summary>
internal sealed class ReleaseCheckpoint : IDisposable
{
    private readonly PlayCanvasTask task;
    private readonly PlayCanvasClient client;
    private readonly CheckpointSettings settings;
    private readonly CheckpointRequest request;
    private readonly string? mark;
    private readonly IntentFile<CheckpointIntent> intents;
    private readonly CheckpointMaker maker;

    private ReleaseCheckpoint(PlayCanvasReleaseTask task, PlayCanvasClient client, ProjectGame game, CheckpointSettings settings, Branch branch, CancellationToken cancellationToken)
    {
        (this.task, this.client, this.settings, Branch) = (task, client, settings, branch);
        var release = settings.Release with { BranchId = branch.Id };
        request = new CheckpointRequest { ProjectId = release.ProjectId, BranchId = branch.Id!, Description = settings.Description };
        mark = settings.PublishId is { } id ? PublishMark.Of(id, release) : null;
        intents = task.OpenIntents<CheckpointIntent>(
            game, IntentName.OfCheckpoint(game.Connection.BaseAddress, release), $"another build that is making a checkpoint of {NameOf(branch)}", cancellationToken);
        maker = new CheckpointMaker(client, intents, task.MakeWaiter($"making a checkpoint of {NameOf(branch)}", game.Connection.JobTimeout), task.Clock, new Reporter(task));
    }

    /// <summary>The branch.</summary>
    public Branch Branch { get; }

    /// <summary>Waits until no other build makes a checkpoint of the branch.</summary>
    /// <param name="task">Logs what is done.</param>
    /// <param name="client">The API.</param>
    /// <param name="game">The game.</param>
    /// <param name="settings">What the project sets.</param>
    /// <param name="branchId">The branch; null for the main branch.</param>
    /// <param name="lists">The project's branches.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="NameException">The project does not have the branch.</exception>
    public static ReleaseCheckpoint Open(
        PlayCanvasReleaseTask task, PlayCanvasClient client, ProjectGame game, CheckpointSettings settings, string? branchId, ProjectLists lists, CancellationToken cancellationToken)
    {
        var branch = lists.FindBranch(branchId) is { Id: not null } found
            ? found
            : throw new NameException(NameFault.NotFound, NameKind.Branch, branchId ?? "", [.. lists.Branches.Select(branch => branch.Name ?? "")]);
        return new ReleaseCheckpoint(task, client, game, settings, branch, cancellationToken);
    }

    /// <summary>Makes the checkpoint, unless an earlier build has made it or the project names one.</summary>
    public MadeCheckpoint Make(CancellationToken cancellationToken)
    {
        if (Accepted(cancellationToken) is { } accepted)
        {
            task.Say($"PlayCanvas: checkpoint {accepted.Id} is accepted because of PlayCanvasAcceptCheckpoint; none was made");
            return accepted;
        }

        var made = maker.Make(Prepare(cancellationToken), cancellationToken);
        if (made.Origin == CheckpointOrigin.New)
            task.Say($"PlayCanvas: made checkpoint {made.Id} of {NameOf(Branch)}");
        else if (made.Origin == CheckpointOrigin.Unchanged)
            task.Say($"PlayCanvas: {NameOf(Branch)} has no changes since checkpoint {made.Id}, so this checkpoint is used. {made.Words}".TrimEnd());
        return made;
    }

    /// <summary>Returns what a build would do, as a verb and what follows it.</summary>
    public string Plan(CancellationToken cancellationToken)
    {
        if (Accepted(cancellationToken) is { } accepted)
            return $"use checkpoint {accepted.Id}, because of PlayCanvasAcceptCheckpoint, and make none";

        var prepared = Prepare(cancellationToken);
        return prepared.IsSent
            ? $"make a checkpoint of {NameOf(Branch)}: \"{ApiJson.OneLine(settings.Description)}\""
            : $"use {Reporter.Name(prepared.Intent)}, which an earlier build made, and make none";
    }

    /// <summary>Returns the record of the checkpoint; only what is known without the service if it cannot be had.</summary>
    public Checkpoint RecordOf(MadeCheckpoint made, CancellationToken cancellationToken)
    {
        var record = TryFind(made.Id, cancellationToken) ?? new Checkpoint { Description = settings.Description };
        return record with { Id = made.Id, ProjectId = record.ProjectId ?? request.ProjectId, BranchId = record.BranchId ?? request.BranchId };
    }

    /// <summary>Deletes the intent of the request: its result is kept elsewhere.</summary>
    public void Forget() => intents.Delete();

    public void Dispose() => intents.Dispose();

    private static string NameOf(Branch branch) => branch.Name ?? branch.Id!;

    private Prepared<CheckpointIntent> Prepare(CancellationToken cancellationToken) =>
        maker.Prepare(request, mark, settings.MakesAnother, cancellationToken);

    private MadeCheckpoint? Accepted(CancellationToken cancellationToken)
    {
        if (settings.AcceptedId is not { } id)
            return null;
        return client.ListCheckpoints(request.BranchId, cancellationToken).Any(checkpoint => checkpoint.Id == id)
            ? new MadeCheckpoint(id, CheckpointOrigin.Accepted)
            : throw new DiagnosticException(Diagnostic.AcceptedCheckpointInvalid(id, NameOf(Branch)));
    }

    private Checkpoint? TryFind(string id, CancellationToken cancellationToken)
    {
        try
        {
            return client.FindCheckpoint(id, cancellationToken);
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>Writes the events of the request to the build log.</summary>
    private sealed class Reporter(PlayCanvasTask task) : OnceReporter<CheckpointIntent>(task, "checkpoint request")
    {
        private readonly PlayCanvasTask task = task;

        public static string Name(CheckpointIntent intent) =>
            intent.CheckpointId is { } id ? $"checkpoint {id}" : $"the checkpoint of job {intent.JobId}";

        public override void FoundMarked(CheckpointIntent intent) =>
            task.Say($"PlayCanvas: {Name(intent)} carries this publish's id, so an earlier run made it; set PlayCanvasCheckpointAgain=true to make another");

        private protected override string? NameOf(CheckpointIntent intent) => intent.IsAccepted ? Name(intent) : null;
    }
}

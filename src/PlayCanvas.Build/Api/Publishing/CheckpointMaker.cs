using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Makes a checkpoint of a branch exactly once, even if the request or its response is lost or this process is killed.</summary>
internal sealed class CheckpointMaker
{
    /// <summary>
    /// The words for a branch that has not changed since its last checkpoint. The service is not known to refuse such a checkpoint: the Editor offers
    /// to make one.
    /// </summary>
    private static readonly Regex NoChanges = new(
        @"\bno( \w+){0,2} (changes?|differences?)\b|\bnothing\b( \w+){0,3} (changed?|checkpoint|commit)\b|\b(has|have)( not|n['’]t)( been)? changed\b|\bunchanged\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly PlayCanvasClient client;
    private readonly IIntentStore<CheckpointIntent> intents;
    private readonly CheckpointTraces traces;
    private readonly KeptRequest<CheckpointIntent> kept;
    private readonly NewRecords records;

    public CheckpointMaker(
        PlayCanvasClient client, IIntentStore<CheckpointIntent> intents, JobWaiter waiter, IClock clock, IOnceObserver<CheckpointIntent> observer)
    {
        this.client = client;
        this.intents = intents;
        traces = new CheckpointTraces(client);
        kept = new KeptRequest<CheckpointIntent>(traces, intents, clock, LostAnswerRules.Checkpoint, observer);
        records = new NewRecords(client, waiter, clock, observer.StillLooking);
    }

    /// <summary>Finds out whether the request must be sent, or an earlier build has already sent it. Sends and saves nothing.</summary>
    /// <param name="request">What is requested, without the mark.</param>
    /// <param name="mark">The line that marks the checkpoint; null for none.</param>
    /// <param name="again">True to send the request even if an earlier build has left an intent or a checkpoint carries the mark.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">The checkpoints could not be listed.</exception>
    /// <exception cref="OutcomeUnknownException">An earlier build may have made the checkpoint, and the records do not show whether it did.</exception>
    public Prepared<CheckpointIntent> Prepare(CheckpointRequest request, string? mark, bool again, CancellationToken cancellationToken) => kept.Prepare(
        () => traces.Begin(request, mark, cancellationToken),
        left => left with { Request = request },
        again,
        cancellationToken);

    /// <summary>Makes the checkpoint and waits until it is complete. The saved intent is kept; the caller deletes it.</summary>
    /// <param name="prepared">The request, as <see cref="Prepare"/> returned it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The checkpoint: the branch's latest one if the service says that the branch has no changes.</returns>
    /// <exception cref="ApiException">The server could not be reached, or the token may not make checkpoints.</exception>
    /// <exception cref="CheckpointException">The service did not make the checkpoint.</exception>
    /// <exception cref="JobTimeoutException">The checkpoint was not complete in time.</exception>
    /// <exception cref="OutcomeUnknownException">The checkpoint may have been made, and the records do not show whether it was.</exception>
    public MadeCheckpoint Make(Prepared<CheckpointIntent> prepared, CancellationToken cancellationToken)
    {
        var intent = prepared.Intent;
        try
        {
            intent = kept.Send(prepared, sent => Post(sent, cancellationToken), cancellationToken);
            if (intent.CheckpointId is null)
                intent = WaitForJob(intent, cancellationToken);
        }
        catch (Exception error) when (RefusalIn(error) is { } refusal)
        {
            if (AfterRefusal(intent, refusal.Words, cancellationToken) is { } made)
                return made;
            if (error is JobException)
                intents.Delete();
            throw refusal;
        }
        catch (JobException)
        {
            intents.Delete();
            throw;
        }

        if (intent.CheckpointId is not { } id)
            return OursOf(intent, cancellationToken) ?? NewestOf(intent, "", cancellationToken) ?? throw new CheckpointException($"job {intent.JobId}", "it does not name a checkpoint");

        intents.Write(intent);
        return new MadeCheckpoint(id, prepared.IsSent ? CheckpointOrigin.New : CheckpointOrigin.EarlierBuild);
    }

    private CheckpointIntent Post(CheckpointIntent intent, CancellationToken cancellationToken)
    {
        var answer = client.CreateCheckpoint(intent.Body, cancellationToken);
        return intent with { JobId = answer.JobId, CheckpointId = answer.CheckpointId };
    }

    /// <summary>Returns the request with its checkpoint; without one if the job is complete and names none.</summary>
    private CheckpointIntent WaitForJob(CheckpointIntent intent, CancellationToken cancellationToken)
    {
        if (records.WaitForJob(intent.JobId!, cancellationToken) is { } job)
            return intent with { CheckpointId = IdIn(job.Data as JObject) };

        // The server no longer has a record of the job. A checkpoint that the search does not find may still be in progress, which is an exception.
        return kept.Find(intent, cancellationToken)!;
    }

    private static string? IdIn(JObject? data)
    {
        var id = (data?["checkpoint"] as JObject)?["id"] ?? data?["checkpoint_id"] ?? data?["checkpointId"] ?? data?["id"];
        return id is JValue { Value: string { Length: > 0 } text } ? text : null;
    }

    /// <summary>
    /// Returns the result when the service has refused the request: the checkpoint of an earlier attempt if there is one; the newest one if the service
    /// says that the branch has no changes; otherwise null.
    /// </summary>
    private MadeCheckpoint? AfterRefusal(CheckpointIntent intent, string words, CancellationToken cancellationToken) =>
        OursOf(intent, cancellationToken) ?? (NoChanges.IsMatch(words) ? NewestOf(intent, words, cancellationToken) : null);

    private MadeCheckpoint? OursOf(CheckpointIntent intent, CancellationToken cancellationToken) =>
        traces.Of(intent, cancellationToken).FirstOrDefault(trace => trace.Likeness == Likeness.Marked)?.Accept(intent).CheckpointId is { } ours
            ? new MadeCheckpoint(ours, CheckpointOrigin.New)
            : null;

    private MadeCheckpoint? NewestOf(CheckpointIntent intent, string words, CancellationToken cancellationToken) =>
        client.GetNewestCheckpoint(intent.Request.BranchId, cancellationToken)?.Id is { } newest
            ? new MadeCheckpoint(newest, CheckpointOrigin.Unchanged) { Words = words }
            : null;

    /// <summary>Returns what the service says about a checkpoint that it did not make; null for any other failure.</summary>
    private static CheckpointException? RefusalIn(Exception error) => error switch
    {
        JobException { Fault: JobFault.Failed } failed => new CheckpointException(failed.Job, failed.Reason),
        ApiResponseException answer when (int)answer.Status is 400 or 409 or 412 or 422 => new CheckpointException($"{(int)answer.Status}, {answer.Request}", answer.ServerMessage),
        _ => null,
    };
}

/// <summary>Where the checkpoint of a request comes from.</summary>
internal enum CheckpointOrigin
{
    /// <summary>This build made it.</summary>
    New,

    /// <summary>An earlier build, or an earlier run of the same CI step, made it.</summary>
    EarlierBuild,

    /// <summary>The branch has not changed since this checkpoint.</summary>
    Unchanged,

    /// <summary>The project names it as the result.</summary>
    Accepted,
}

/// <summary>The checkpoint of a request.</summary>
/// <param name="Id">The id of the checkpoint.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record MadeCheckpoint(string Id, CheckpointOrigin Origin)
{
    /// <summary>What the service said about a branch without changes.</summary>
    public string Words { get; init; } = "";
}

/// <summary>The service did not make a checkpoint.</summary>
/// <param name="what">What failed: the job, or the request and its status.</param>
/// <param name="words">The service's own words.</param>
internal sealed class CheckpointException(string what, string words) : Exception($"{what}: {words}")
{
    public string What { get; } = what;

    public string Words { get; } = words;
}

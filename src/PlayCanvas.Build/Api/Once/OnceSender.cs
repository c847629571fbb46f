using System.Net;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Once;

/// <summary>What may be done about a request whose response was lost.</summary>
internal sealed record LostAnswerRules
{
    /// <summary>
    /// The rules for a publish, which must not happen twice: only a mark proves that a record is its result, and ambiguous records are left to the
    /// user.
    /// </summary>
    public static LostAnswerRules Publish { get; } = new()
    {
        LookPauses = Seconds(1, 2, 4, 8, 15),
        MinLikeness = Likeness.Marked,
    };

    /// <summary>
    /// The rules for a checkpoint, which must not be made twice either. The service lists a checkpoint when it is complete, which takes minutes for a
    /// large project, so the search is as long; a checkpoint that it does not find may still be in progress.
    /// </summary>
    public static LostAnswerRules Checkpoint { get; } = Publish with
    {
        LookPauses = Seconds([1, 2, 4, 8, 15, .. Enumerable.Repeat(30, 19)]),
        HidesWorkInProgress = true,
    };

    /// <summary>The rules for an export: requesting it twice does no harm, and two exports with the same settings are the same game.</summary>
    public static LostAnswerRules Download { get; } = new()
    {
        MinLikeness = Likeness.Same,
        MayHappenTwice = true,
    };

    /// <summary>The pauses between the searches: the server may still be processing the request. Without pauses, there is one search.</summary>
    public IReadOnlyList<TimeSpan> LookPauses { get; init; } = [];

    /// <summary>How long the search takes at most.</summary>
    public TimeSpan LookLimit => TimeSpan.FromTicks(LookPauses.Sum(pause => pause.Ticks));

    /// <summary>The least likeness at which a record is accepted as the result.</summary>
    public Likeness MinLikeness { get; init; }

    /// <summary>Whether the service does not show a result before it is complete, so that a request without a trace may still have one.</summary>
    public bool HidesWorkInProgress { get; init; }

    /// <summary>Whether a second request does no harm.</summary>
    public bool MayHappenTwice { get; init; }

    private static IReadOnlyList<TimeSpan> Seconds(params int[] pauses) => [.. pauses.Select(seconds => TimeSpan.FromSeconds(seconds))];
}

/// <summary>Sends a request that makes the service create something, and finds its result when the response is lost.</summary>
/// <param name="traces">Searches for the result.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="rules">What may be done about a lost response.</param>
/// <param name="onLostAnswer">Called when the response is lost, before the first search.</param>
/// <param name="onWaiting">Called about once a second during a pause between two searches.</param>
internal sealed class OnceSender<TIntent>(ITraces<TIntent> traces, IClock clock, LostAnswerRules rules, Action<ApiException> onLostAnswer, Action onWaiting)
    where TIntent : RequestIntent
{
    /// <summary>
    /// Sends the request. If the response is lost, searches for the result, and sends the request once more only if the first one cannot have had
    /// an effect.
    /// </summary>
    /// <param name="intent">The request.</param>
    /// <param name="send">Sends the request and returns it with the ids from the server's response.</param>
    /// <param name="isFirst">False when an earlier build has already sent the request.</param>
    /// <param name="cancellationToken">Cancels the waits.</param>
    /// <exception cref="ApiException">The server refused the request, or it could not be sent.</exception>
    /// <exception cref="OutcomeUnknownException">The request may have succeeded, and the records do not show whether it did.</exception>
    public TIntent Send(TIntent intent, Func<TIntent, TIntent> send, bool isFirst, CancellationToken cancellationToken)
    {
        ApiException lost;
        try
        {
            return send(intent);
        }
        catch (ApiException error) when (error.OutcomeUnknown)
        {
            lost = error;
        }

        onLostAnswer(lost);
        if (FindLost(intent, lost, cancellationToken) is { } found)
            return found;
        if (isFirst && (rules.MayHappenTwice || IsOver(lost)))
            return Send(intent, send, isFirst: false, cancellationToken);
        throw rules.MayHappenTwice ? lost : Unknown(intent, [], lost);
    }

    /// <summary>Searches for the result of a request that was sent; returns null when there is no trace of one.</summary>
    /// <exception cref="ApiException">The records could not be read, and a second request would do harm.</exception>
    /// <exception cref="OutcomeUnknownException">There are records that may be the result, or there may be one that the service does not show yet.</exception>
    public TIntent? Find(TIntent intent, CancellationToken cancellationToken) => Find(intent, lost: null, cancellationToken);

    private TIntent? Find(TIntent intent, ApiException? lost, CancellationToken cancellationToken)
    {
        try
        {
            return Look(intent, lost, cancellationToken);
        }
        catch (ApiException) when (rules.MayHappenTwice)
        {
            return null;
        }
    }

    private TIntent? Look(TIntent intent, ApiException? lost, CancellationToken cancellationToken)
    {
        IReadOnlyList<Trace<TIntent>> undecided = [];
        foreach (var _ in clock.Attempt(rules.LookPauses, _ => onWaiting(), cancellationToken))
        {
            var found = traces.Of(intent, cancellationToken);
            if (Best(found.Where(trace => trace.Likeness >= rules.MinLikeness)) is { } ours)
                return ours.Accept(intent);
            undecided = [.. found.Where(trace => trace is { HasFailed: false } and not { Likeness: Likeness.Different })];
        }

        var isOpen = undecided.Count > 0 || rules.HidesWorkInProgress;
        return rules.MayHappenTwice || !isOpen ? null : throw Unknown(intent, undecided, lost);
    }

    /// <summary>Returns a result that did not fail; if there are several, the one that began first, since it will be done first.</summary>
    private Trace<TIntent>? Best(IEnumerable<Trace<TIntent>> found) => found
        .Where(trace => !rules.MayHappenTwice || trace is { HasFailed: false })
        .OrderBy(trace => trace.HasFailed)
        .ThenBy(trace => trace.Place)
        .FirstOrDefault();

    /// <summary>
    /// Whether a request that has left no trace will never leave one. After a timeout of the server or of a gateway, the request may still be in
    /// progress. A response that was cut off or could not be read may belong to a request that succeeded.
    /// </summary>
    private static bool IsOver(ApiException error) => error switch
    {
        ApiConnectionLostException lost => !lost.AnswerBegan,
        ApiResponseException answer => answer.Status != HttpStatusCode.GatewayTimeout,
        _ => false,
    };

    private static OutcomeUnknownException Unknown(TIntent intent, IReadOnlyList<Trace<TIntent>> candidates, Exception? error) =>
        new(intent, [.. candidates.Select(candidate => candidate.Name)], error);

    private TIntent? FindLost(TIntent intent, ApiException lost, CancellationToken cancellationToken)
    {
        try
        {
            return Find(intent, lost, cancellationToken);
        }
        catch (ApiException)
        {
            throw Unknown(intent, [], lost);
        }
    }
}

using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
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
        LookPauses = [.. new[] { 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))],
        MinLikeness = Likeness.Marked,
    };

    /// <summary>The rules for an export: requesting it twice does no harm, and two exports with the same settings are the same game.</summary>
    public static LostAnswerRules Download { get; } = new()
    {
        MinLikeness = Likeness.Same,
        MayHappenTwice = true,
    };

    /// <summary>The pauses between the searches: the server may still be processing the request. Without pauses, there is one search.</summary>
    public IReadOnlyList<TimeSpan> LookPauses { get; init; } = [];

    /// <summary>The least likeness at which a record is accepted as the result.</summary>
    public Likeness MinLikeness { get; init; }

    /// <summary>Whether a second request does no harm.</summary>
    public bool MayHappenTwice { get; init; }
}

/// <summary>Sends a request that makes the service build something, and finds its result when the response is lost.</summary>
/// <param name="client">The API.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="rules">What may be done about a lost response.</param>
/// <param name="onLostAnswer">Called when the response is lost, before the first search.</param>
/// <param name="onWaiting">Called about once a second during a pause between two searches.</param>
internal sealed class OnceSender(PlayCanvasClient client, IClock clock, LostAnswerRules rules, Action<ApiException> onLostAnswer, Action onWaiting)
{
    private string? mainBranchId;

    /// <summary>Prepares a request: records what exists before it is sent.</summary>
    /// <param name="type">What is built: <see cref="BuildType"/>.</param>
    /// <param name="request">What is requested.</param>
    /// <param name="mark">The line that marks the result; null for none.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The request. It is already accepted when a result carries its mark: an earlier attempt of the same CI run has sent it.</returns>
    /// <exception cref="ApiException">The project's apps could not be listed.</exception>
    public RequestIntent Begin(string type, AppRequest request, string? mark, CancellationToken cancellationToken)
    {
        var before = ProjectRecords.Load(client, request.ProjectId, type, needsBuilds: false, cancellationToken);
        var intent = new RequestIntent { Type = type, Request = request, Mark = mark };
        var marked = before.TracesOf(intent, () => null)
            .Where(trace => trace is { Likeness: Likeness.Marked, HasFailed: false })
            .OrderByDescending(trace => trace.AppId ?? trace.Build?.NumericId)
            .FirstOrDefault();
        intent = intent with
        {
            AskedAt = client.Connection.ServerTime,
            HighestBuildId = before.HighestBuildId,
            HighestAppId = type == BuildType.Publish ? before.HighestAppId : null,
        };
        return marked is null ? intent with { EarlierAppId = EarlierAppId(before, intent, cancellationToken) } : Accept(intent, marked);
    }

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
    public RequestIntent Send(RequestIntent intent, Func<RequestIntent, RequestIntent> send, bool isFirst, CancellationToken cancellationToken)
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
    /// <exception cref="OutcomeUnknownException">There are records that may be the result.</exception>
    public RequestIntent? Find(RequestIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return Look(intent, cancellationToken);
        }
        catch (ApiException) when (rules.MayHappenTwice)
        {
            return null;
        }
    }

    private RequestIntent? Look(RequestIntent intent, CancellationToken cancellationToken)
    {
        IReadOnlyList<Trace> undecided = [];
        foreach (var _ in clock.Attempt(rules.LookPauses, _ => onWaiting(), cancellationToken))
        {
            var traces = TracesOf(intent, cancellationToken);
            if (Best(traces.Where(trace => trace.Likeness >= rules.MinLikeness)) is { } ours)
                return Accept(intent, ours);
            undecided = [.. traces.Where(trace => trace is { HasFailed: false } and not { Likeness: Likeness.Different })];
        }

        return rules.MayHappenTwice || undecided.Count == 0 ? null : throw Unknown(intent, undecided, null);
    }

    private static RequestIntent Accept(RequestIntent intent, Trace trace) => intent with
    {
        AppId = trace.AppId,
        JobId = trace.Build?.JobId,
        BuildId = trace.Build?.Id,
    };

    /// <summary>Returns a result that did not fail; if there are several, the one that began first, since it will be done first.</summary>
    private Trace? Best(IEnumerable<Trace> traces) => traces
        .Where(trace => !rules.MayHappenTwice || trace is { HasFailed: false, Build.JobId: not null })
        .OrderBy(trace => trace.HasFailed)
        .ThenBy(trace => trace.Build?.NumericId ?? trace.AppId)
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

    private static OutcomeUnknownException Unknown(RequestIntent intent, IReadOnlyList<Trace> candidates, Exception? error) =>
        new($"publishing \"{intent.Request.Name}\" {intent.Request.Version}".TrimEnd(), [.. candidates.Select(candidate => candidate.Name)], error);

    private RequestIntent? FindLost(RequestIntent intent, ApiException lost, CancellationToken cancellationToken)
    {
        try
        {
            return Find(intent, cancellationToken);
        }
        catch (ApiException)
        {
            throw Unknown(intent, [], lost);
        }
    }

    private IReadOnlyList<Trace> TracesOf(RequestIntent intent, CancellationToken cancellationToken) => ProjectRecords
        .Load(client, intent.Request.ProjectId, intent.Type, needsBuilds: true, cancellationToken)
        .TracesOf(intent, () => BranchIdOf(intent.Request, cancellationToken));

    private string? BranchIdOf(AppRequest request, CancellationToken cancellationToken) =>
        request.BranchId ?? (mainBranchId ??= client.GetMainBranchId(request.ProjectId, cancellationToken));

    /// <summary>Returns the app that the request would give a second one with the same version. The answer is only reported to the user.</summary>
    private long? EarlierAppId(ProjectRecords before, RequestIntent intent, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(intent.Request.Version))
            return null;

        try
        {
            return before.FindPublished(intent.Request, () => BranchIdOf(intent.Request, cancellationToken))?.Id;
        }
        catch (ApiException)
        {
            return null;
        }
    }
}

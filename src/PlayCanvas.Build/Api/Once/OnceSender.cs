using System.Net;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Jobs;

namespace PlayCanvas.Build.Api.Once;

/// <summary>What may be done about a request whose answer was lost.</summary>
internal sealed record LostAnswerRules
{
    /// <summary>A publish must not happen twice: only a mark proves that a record is its result, and what cannot be told apart is left to a person.</summary>
    public static LostAnswerRules Publish { get; } = new()
    {
        LookPauses = [.. new[] { 0, 1, 2, 4, 8, 15 }.Select(seconds => TimeSpan.FromSeconds(seconds))],
        LeastLikeness = Likeness.Marked,
    };

    /// <summary>An export may be asked for twice without harm, and two exports of the same settings are the same game.</summary>
    public static LostAnswerRules Download { get; } = new()
    {
        LookPauses = [TimeSpan.Zero],
        LeastLikeness = Likeness.Same,
        MayHappenTwice = true,
    };

    /// <summary>The pauses before each look: what was sent may still be on its way through the server.</summary>
    public IReadOnlyList<TimeSpan> LookPauses { get; init; } = [];

    /// <summary>The least likeness of a record that is taken as the result.</summary>
    public Likeness LeastLikeness { get; init; }

    /// <summary>Whether a second request does no harm.</summary>
    public bool MayHappenTwice { get; init; }
}

/// <summary>Sends a request that asks the service to build something, and finds its result when the answer is lost.</summary>
/// <param name="client">The API.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="rules">What may be done about a lost answer.</param>
/// <param name="onLostAnswer">Called when the answer is lost, before the first look.</param>
/// <param name="onWaiting">Called about every second of a pause between two looks.</param>
internal sealed class OnceSender(PlayCanvasClient client, IClock clock, LostAnswerRules rules, Action<ApiException> onLostAnswer, Action onWaiting)
{
    private string? mainBranchId;

    /// <summary>Prepares a request: notes what exists before it is sent.</summary>
    /// <param name="type">What is built: <see cref="BuildType"/>.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="mark">The line that marks its result; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The request, which is accepted already when a result carries its mark: an earlier run of the same CI run has sent it.</returns>
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
        return marked is null ? intent : Accept(intent, marked);
    }

    /// <summary>Sends the request. Where the answer is lost, it looks for the result, and sends once more only when nothing can have come of the first.</summary>
    /// <param name="intent">The request.</param>
    /// <param name="send">Sends it and returns it with what the server's answer names.</param>
    /// <param name="isFirst">False when the request has been sent before, by an earlier build.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <exception cref="ApiException">The server refused the request, or it could not be sent.</exception>
    /// <exception cref="OutcomeUnknownException">The request may have succeeded, and nothing tells whether it has.</exception>
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

    /// <summary>Looks for the result of a request that was sent; null when there is no trace of one.</summary>
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
        foreach (var pause in rules.LookPauses)
        {
            clock.Wait(pause, onWaiting, cancellationToken);
            var traces = TracesOf(intent, cancellationToken);
            if (Best(traces.Where(trace => trace.Likeness >= rules.LeastLikeness)) is { } ours)
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

    /// <summary>A result that did not fail, and of several the one that began first, which is done first.</summary>
    private Trace? Best(IEnumerable<Trace> traces) => traces
        .Where(trace => !rules.MayHappenTwice || trace is { HasFailed: false, Build.JobId: not null })
        .OrderBy(trace => trace.HasFailed)
        .ThenBy(trace => trace.Build?.NumericId ?? trace.AppId)
        .FirstOrDefault();

    /// <summary>
    /// Whether a request that has left no trace will leave none. Behind the silence of the server or of a gateway it may still be worked
    /// on; an answer that began, or cannot be read, may be the one to a request that succeeded.
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
        .TracesOf(intent, () => intent.Request.BranchId ?? (mainBranchId ??= client.GetMainBranchId(intent.Request.ProjectId, cancellationToken)));
}

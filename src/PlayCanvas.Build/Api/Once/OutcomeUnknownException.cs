namespace PlayCanvas.Build.Api.Once;

/// <summary>A request was sent, its response was lost, and the service's records do not show whether it succeeded.</summary>
/// <param name="request">The request.</param>
/// <param name="candidates">The records that may be its result.</param>
/// <param name="inner">The error that lost the response; null when an earlier build lost it.</param>
internal sealed class OutcomeUnknownException(RequestIntent request, IReadOnlyList<string> candidates, Exception? inner)
    : Exception($"{request.What}: {inner?.Message ?? string.Join(", ", candidates)}", inner)
{
    public RequestIntent Request { get; } = request;

    /// <summary>The records that may be the result, such as apps and builds; empty when none was found, or the search failed.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;
}

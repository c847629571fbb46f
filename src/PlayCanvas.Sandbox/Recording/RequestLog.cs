using System.Collections;
using System.Collections.Immutable;

namespace PlayCanvas.Sandbox;

/// <summary>The requests that the sandbox received, oldest first. Enumerating it uses a snapshot.</summary>
public sealed class RequestLog : IReadOnlyList<RecordedRequest>
{
    private ImmutableList<RecordedRequest> requests = [];

    /// <inheritdoc />
    public int Count => requests.Count;

    /// <inheritdoc />
    public RecordedRequest this[int index] => requests[index];

    /// <summary>Returns the requests with a method and a path; <c>*</c> in the path stands for any characters.</summary>
    public IReadOnlyList<RecordedRequest> Of(string method, string path) =>
        [.. requests.Where(request => request.Method == method && PathPattern.Matches(path, request.Path))];

    /// <summary>Returns the requests to an origin.</summary>
    public IReadOnlyList<RecordedRequest> Of(Origin origin) => [.. requests.Where(request => request.Origin == origin)];

    /// <summary>Removes all requests.</summary>
    public void Clear() => requests = [];

    /// <inheritdoc />
    public IEnumerator<RecordedRequest> GetEnumerator() => requests.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(RecordedRequest request) => ImmutableInterlocked.Update(ref requests, list => list.Add(request));
}

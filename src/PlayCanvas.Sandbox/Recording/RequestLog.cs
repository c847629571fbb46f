using System.Collections;
using System.Collections.Immutable;

namespace PlayCanvas.Sandbox;

/// <summary>What the sandbox was asked, oldest first. Enumerating it goes over a snapshot.</summary>
public sealed class RequestLog : IReadOnlyList<RecordedRequest>
{
    private ImmutableList<RecordedRequest> requests = [];

    /// <inheritdoc />
    public int Count => requests.Count;

    /// <inheritdoc />
    public RecordedRequest this[int index] => requests[index];

    /// <summary>The requests of a method and path; <c>*</c> in the path stands for anything.</summary>
    public IReadOnlyList<RecordedRequest> Of(string method, string path) =>
        [.. requests.Where(request => request.Method == method && PathPattern.Matches(path, request.Path))];

    /// <summary>The requests of an origin.</summary>
    public IReadOnlyList<RecordedRequest> Of(Origin origin) => [.. requests.Where(request => request.Origin == origin)];

    /// <summary>Forgets everything.</summary>
    public void Clear() => requests = [];

    /// <inheritdoc />
    public IEnumerator<RecordedRequest> GetEnumerator() => requests.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(RecordedRequest request) => ImmutableInterlocked.Update(ref requests, list => list.Add(request));
}

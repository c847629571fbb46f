namespace PlayCanvas.Sandbox;

/// <summary>The two servers of a sandbox.</summary>
public enum Origin
{
    /// <summary>The REST API.</summary>
    Api,

    /// <summary>The server from which exports are downloaded and on which published apps are played.</summary>
    Storage,
}

/// <summary>A request that the sandbox received. It is recorded when it arrives; the status and the byte count are set when it is answered.</summary>
public sealed class RecordedRequest
{
    private long bytesSent;

    /// <summary>When the request arrived, by the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The server that received the request.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path, as it was sent.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>The headers. Several values of one name are joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text; empty when there is none.</summary>
    public string Body { get; internal set; } = "";

    /// <summary>The status of the response; 0 when none was sent.</summary>
    public int Status { get; internal set; }

    /// <summary>The number of bytes of the response's body that were sent.</summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>Returns the method, path, query and status in one line, without the query of a signed URL.</summary>
    public override string ToString() => $"{Method} {Path}{(Origin == Origin.Storage ? "" : Query)} {Status}";

    internal void AddBytes(int count) => Interlocked.Add(ref bytesSent, count);
}

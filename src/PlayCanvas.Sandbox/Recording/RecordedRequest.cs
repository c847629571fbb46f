namespace PlayCanvas.Sandbox;

/// <summary>The two servers a sandbox consists of.</summary>
public enum Origin
{
    /// <summary>The REST API.</summary>
    Api,

    /// <summary>Where exports are downloaded and published apps play.</summary>
    Storage,
}

/// <summary>A request the sandbox was sent. It is recorded when it arrives; status and bytes are there once it is answered.</summary>
public sealed class RecordedRequest
{
    private long bytesSent;

    /// <summary>When it arrived, by the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which server it was sent to.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The path, as it came.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark; empty without one.</summary>
    public required string Query { get; init; }

    /// <summary>The headers; several of one name are joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text; empty without one.</summary>
    public string Body { get; internal set; } = "";

    /// <summary>The status of the answer; 0 when none was sent.</summary>
    public int Status { get; internal set; }

    /// <summary>How many bytes of body were sent.</summary>
    public long BytesSent => Interlocked.Read(ref bytesSent);

    /// <summary>The method, path, query and status in one line, without what a query signs.</summary>
    public override string ToString() => $"{Method} {Path}{(Origin == Origin.Storage ? "" : Query)} {Status}";

    internal void AddBytes(int count) => Interlocked.Add(ref bytesSent, count);
}

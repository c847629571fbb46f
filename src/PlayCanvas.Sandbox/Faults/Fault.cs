using System.Text;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>A scripted failure of a request.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>Resets the connection before the request is processed.</summary>
    public static Fault ResetBefore { get; } = new() { Resets = true };

    /// <summary>Processes the request, and then resets the connection instead of sending the response.</summary>
    public static Fault LoseAnswer { get; } = new() { LosesAnswer = true };

    /// <summary>Never sends a response, and keeps the connection open.</summary>
    public static Fault Stall { get; } = new() { Stalls = true };

    /// <summary>Rejects a signed URL as expired.</summary>
    public static Fault Expired { get; } = Body("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "application/xml", 403);

    /// <summary>Sends the whole file in response to a range request.</summary>
    public static Fault IgnoreRange { get; } = new() { IgnoresRange = true };

    internal bool Resets { get; private init; }

    internal bool Stalls { get; private init; }

    internal bool LosesAnswer { get; private init; }

    internal int? StatusCode { get; private init; }

    internal string Text { get; private init; } = "";

    internal string? ContentType { get; private init; }

    internal long? CutAfter { get; private init; }

    internal bool StallsAtCut { get; private init; }

    internal bool EndsAtCut { get; private init; }

    internal bool IgnoresRange { get; private init; }

    internal Func<byte[], byte[]>? Rewriting { get; private init; }

    internal int DripBytes { get; private init; }

    internal TimeSpan? DripPause { get; private init; }

    private IReadOnlyList<(string Name, string? Value)> ChangedHeaders { get; init; } = [];

    /// <summary>Responds with the status and <c>{"error": "..."}</c>, without processing the request.</summary>
    public static Fault Status(int status, string error = "a scripted fault") =>
        Body($$$"""{"error":"{{{error}}}"}""", "application/json", status);

    /// <summary>Responds with this body, without processing the request.</summary>
    public static Fault Body(string text, string? contentType, int status = 200) =>
        new() { StatusCode = status, Text = text, ContentType = contentType };

    /// <summary>Responds with a redirect, without processing the request.</summary>
    public static Fault Redirect(string url, int status = 302) => Body("", null, status).WithHeader("Location", url);

    /// <summary>Processes the request, and changes a header of the response; null removes the header.</summary>
    public static Fault Header(string name, string? value) => new Fault().WithHeader(name, value);

    /// <summary>Processes the request, and changes the JSON of the response.</summary>
    public static Fault Rewrite(Action<JsonObject> change) => RewriteBytes(answer =>
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    });

    /// <summary>Processes the request, and changes the bytes of the response.</summary>
    public static Fault RewriteBytes(Func<byte[], byte[]> change) => new() { Rewriting = change };

    /// <summary>
    /// Announces this length in bytes for the response's body: a longer body is truncated without notice, a shorter one ends too early.
    /// </summary>
    public static Fault Length(long bytes) => new() { CutAfter = bytes, EndsAtCut = true };

    /// <summary>Resets the connection after this many bytes of the response's body.</summary>
    public static Fault Truncate(long afterBytes) => new() { CutAfter = afterBytes };

    /// <summary>Sends nothing more after this many bytes of the response's body, and keeps the connection open.</summary>
    public static Fault StallAfter(long bytes) => new() { CutAfter = bytes, StallsAtCut = true };

    /// <summary>Sends the response's body in pieces of this many bytes, with a pause after each.</summary>
    public static Fault SlowDrip(int bytes, TimeSpan pause) => new() { DripBytes = bytes, DripPause = pause };

    /// <summary>Also changes a header of the response; null removes the header.</summary>
    public Fault WithHeader(string name, string? value) => this with { ChangedHeaders = [.. ChangedHeaders, (name, value)] };

    /// <summary>Sends the response that replaces the normal one; returns false when the request is to be processed.</summary>
    internal async Task<bool> AnswersInsteadAsync(HttpContext http)
    {
        if (Stalls)
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (Resets || Stalls)
        {
            http.Abort();
            return true;
        }

        if (StatusCode is not { } status)
            return false;
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        if (Text.Length > 0)
            await http.Response.WriteAsync(Text);
        return true;
    }

    internal void ChangeHeaders(HttpResponse response)
    {
        foreach (var (name, value) in ChangedHeaders)
            response.Headers[name] = value;
        if (EndsAtCut)
            response.ContentLength = CutAfter;
    }
}

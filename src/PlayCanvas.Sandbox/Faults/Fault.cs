using System.Text;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Something that goes wrong with a request.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is reset before the request is looked at.</summary>
    public static Fault ResetBefore { get; } = new() { Resets = true };

    /// <summary>The request is carried out, and then the connection is reset instead of an answer.</summary>
    public static Fault LoseAnswer { get; } = new() { LosesAnswer = true };

    /// <summary>No answer ever comes, and the connection stays open.</summary>
    public static Fault Stall { get; } = new() { Stalls = true };

    /// <summary>A signed address is refused as one whose time has passed.</summary>
    public static Fault Expired { get; } = Body("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "application/xml", 403);

    /// <summary>All is sent where a part was asked for.</summary>
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

    /// <summary>Answers with the status and <c>{"error": "..."}</c>, without carrying the request out.</summary>
    public static Fault Status(int status, string error = "a scripted fault") =>
        Body($$$"""{"error":"{{{error}}}"}""", "application/json", status);

    /// <summary>Answers with this body, without carrying the request out.</summary>
    public static Fault Body(string text, string? contentType, int status = 200) =>
        new() { StatusCode = status, Text = text, ContentType = contentType };

    /// <summary>Sends elsewhere, without carrying the request out.</summary>
    public static Fault Redirect(string url, int status = 302) => Body("", null, status).WithHeader("Location", url);

    /// <summary>Carries the request out, and changes a header of the answer: null takes it away.</summary>
    public static Fault Header(string name, string? value) => new Fault().WithHeader(name, value);

    /// <summary>Carries the request out, and changes the JSON of the answer.</summary>
    public static Fault Rewrite(Action<JsonObject> change) => RewriteBytes(answer =>
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    });

    /// <summary>Carries the request out, and changes the bytes of the answer.</summary>
    public static Fault RewriteBytes(Func<byte[], byte[]> change) => new() { Rewriting = change };

    /// <summary>Announces an answer's body of this many bytes: a longer one is cut there without a sign, a shorter one ends too early.</summary>
    public static Fault Length(long bytes) => new() { CutAfter = bytes, EndsAtCut = true };

    /// <summary>Resets the connection after this many bytes of the answer's body.</summary>
    public static Fault Truncate(long afterBytes) => new() { CutAfter = afterBytes };

    /// <summary>Sends nothing more after this many bytes of the answer's body, and leaves the connection open.</summary>
    public static Fault StallAfter(long bytes) => new() { CutAfter = bytes, StallsAtCut = true };

    /// <summary>Sends the answer's body in pieces with a pause after each.</summary>
    public static Fault SlowDrip(int bytes, TimeSpan pause) => new() { DripBytes = bytes, DripPause = pause };

    /// <summary>Changes a header of the answer as well: null takes it away.</summary>
    public Fault WithHeader(string name, string? value) => this with { ChangedHeaders = [.. ChangedHeaders, (name, value)] };

    /// <summary>Does what replaces the answer; false where the request is to be carried out.</summary>
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

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace PlayCanvas.Sandbox;

/// <summary>Records each request and applies the fault that is scripted for it.</summary>
internal sealed class RecordingMiddleware(RequestDelegate next, SandboxState state, Origin origin)
{
    private const int RecordedBody = 4 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        var recorded = await RecordAsync(http.Request);
        state.Requests.Add(recorded);
        var fault = state.Faults.Next(recorded.Method, recorded.Path);
        var body = new AnswerStream(http, http.Response.Body, recorded, fault);
        http.Response.Body = body;
        http.Response.OnStarting(() =>
        {
            // Every response carries the sandbox's own time, including those that a fault sends instead of a route.
            http.Response.Headers.Date = state.Clock.Now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
            fault?.ChangeHeaders(http.Response);
            recorded.Status = http.Response.StatusCode;
            return Task.CompletedTask;
        });
        try
        {
            await AnswerAsync(http, fault);
        }
        finally
        {
            state.Options.Answered?.Invoke(recorded);
        }
    }

    private async Task AnswerAsync(HttpContext http, Fault? fault)
    {
        if (fault is null || !await fault.AnswersInsteadAsync(http))
            await CarryOutAsync(http, fault);
        if (fault is { LosesAnswer: true })
            http.Abort();
        else
            await http.Response.CompleteAsync();
    }

    private async Task CarryOutAsync(HttpContext http, Fault? fault)
    {
        if (fault is { IgnoresRange: true })
            http.Request.Headers.Range = default;
        if (fault?.Rewriting is not { } rewriting)
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await next(http);
        http.Response.Body = body;
        http.Response.ContentLength = null;
        await body.WriteAsync(rewriting(answer.ToArray()));
    }

    private async Task<RecordedRequest> RecordAsync(HttpRequest request)
    {
        var recorded = new RecordedRequest
        {
            Time = state.Clock.Now,
            Origin = origin,
            Method = request.Method,
            Path = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0],
            Query = request.QueryString.Value ?? "",
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
            recorded.Body = await ReadBodyAsync(request);
        return recorded;
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        request.EnableBuffering(RecordedBody);
        var bytes = new byte[RecordedBody];
        var count = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
        request.Body.Position = 0;
        return Encoding.UTF8.GetString(bytes, 0, count);
    }
}

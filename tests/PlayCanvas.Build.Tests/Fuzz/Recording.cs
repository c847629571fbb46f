using System.Collections.Concurrent;
using System.Net.Http.Headers;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>The recorded responses of a server, by route, and the export that it sent.</summary>
internal sealed class Recording
{
    private const string ExportTag = "\"the export\"";

    private readonly ConcurrentDictionary<string, RecordedAnswer> answers = new();

    /// <summary>The bytes that every address of an export returns, in parts or as a whole.</summary>
    public byte[] Export { get; set; } = [];

    /// <summary>Passes requests on and records the responses. The last response of a route replaces earlier ones.</summary>
    public HttpMessageHandler Record(HttpMessageHandler server) => new Recorder(this, server);

    /// <summary>Returns the recorded responses, after each has been changed.</summary>
    /// <param name="change">Changes a response before it is returned.</param>
    /// <param name="requests">The queue in which the requests are recorded.</param>
    public HttpMessageHandler Replay(Func<RecordedAnswer, RecordedAnswer> change, ConcurrentQueue<SentRequest> requests) => new Player(this, change, requests);

    private RecordedAnswer AnswerTo(SentRequest request) => request.Uri.AbsolutePath.StartsWith("/exports/", StringComparison.Ordinal)
        ? AnswerWithExport(request)
        : answers.GetValueOrDefault(request.Route) ?? RecordedAnswer.NotFound;

    private RecordedAnswer AnswerWithExport(SentRequest request)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/zip", ["ETag"] = ExportTag };
        if (request.Header("Range") is not { } range || request.Header("If-Range") is not (null or ExportTag))
            return new RecordedAnswer(200, headers, Export);

        var wanted = RangeHeaderValue.Parse(range).Ranges.Single();
        var from = wanted.From ?? Math.Max(0, Export.Length - wanted.To!.Value);
        var to = wanted.From is null ? Export.Length - 1 : Math.Min(wanted.To ?? long.MaxValue, Export.Length - 1);
        if (from > to)
            return new RecordedAnswer(416, headers, []);

        headers["Content-Range"] = $"bytes {from}-{to}/{Export.Length}";
        return new RecordedAnswer(206, headers, Export[(int)from..((int)to + 1)]);
    }

    private sealed class Recorder(Recording recording, HttpMessageHandler server) : DelegatingHandler(server)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = await SentRequest.ReadAsync(request);
            var response = await base.SendAsync(request, cancellationToken);
            var answer = await RecordedAnswer.ReadAsync(response);
            recording.answers[sent.Route] = answer;
            return answer.ToMessage();
        }
    }

    private sealed class Player(Recording recording, Func<RecordedAnswer, RecordedAnswer> change, ConcurrentQueue<SentRequest> requests) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = await SentRequest.ReadAsync(request);
            requests.Enqueue(sent);
            return change(recording.AnswerTo(sent)).ToMessage();
        }
    }
}

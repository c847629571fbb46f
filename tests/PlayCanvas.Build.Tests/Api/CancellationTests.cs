using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>Tests that a cancelled build stops in any phase. The request timeout is so long that only the cancellation token can end a wait.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CancellationTests : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly MemoryRateLimits rateLimits = new();
    private readonly ApiHarness api;

    public CancellationTests() => api = new ApiHarness { RateLimits = rateLimits, RequestTimeout = TimeSpan.FromMinutes(10) };

    public void Dispose()
    {
        api.Dispose();
        cancellation.Dispose();
    }

    [Test]
    public void BeforeSending()
    {
        cancellation.Cancel();

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(api.Server.Requests, Is.Empty);
    }

    [Test]
    public void WhileWaitingForHeaders()
    {
        api.Server.Next(Replies.Never.After(cancellation.Cancel));

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void InAReadThatNeverReturns()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Stalling("{"u8.ToArray(), cancellation.Cancel)));

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void InABodyWhoseEveryReadIsDoneAtOnce()
    {
        var reads = 0;
        api.Server.Next(Replies.Body(ScriptedStream.Endless(read =>
        {
            reads = read;
            if (read == 10)
                cancellation.Cancel();
        })));

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(reads, Is.LessThanOrEqualTo(11));
    }

    [Test]
    public void InTheBodyOfAnError()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Stalling("{"u8.ToArray(), cancellation.Cancel), status: 500));

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void WhileWaitingForTheRateLimit()
    {
        rateLimits.Windows["normal"] = new RateLimitWindow { Remaining = 0, ResetsAt = api.Clock.UtcNow.AddSeconds(50) };
        api.Clock.Waiting = _ => cancellation.Cancel();

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(api.Server.Requests, Is.Empty);
    }

    [Test]
    public void WhileWaitingBeforeARetry()
    {
        api.Server.Next(Replies.Status(503));
        api.Clock.Waiting = _ => cancellation.Cancel();

        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void WhileWaitingForAJob()
    {
        api.Server.Always("GET /api/jobs/1", Replies.Json("""{"id":1,"status":"running"}"""));
        api.Clock.Waiting = _ => cancellation.Cancel();
        var waiter = new JobWaiter(api.Clock, TimeSpan.FromMinutes(30), _ => { });

        Assert.That(
            () => Bounded.Run(() => waiter.Wait("job 1", () => api.Client.GetJob("1", cancellation.Token), job => job.Status, cancellation.Token)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(api.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void InAWaitOfTheMachinesOwnClock()
    {
        var clock = new SystemClock();
        cancellation.CancelAfter(20);

        Assert.That(() => Bounded.Run(() => clock.Wait(TimeSpan.FromMinutes(10), static () => { }, cancellation.Token)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_cancelled_request_lets_the_next_one_find_out_about_the_limit()
    {
        api.Server.Next(Replies.Never.After(cancellation.Cancel), Replies.Json("{}"));
        Assert.That(Send, Throws.InstanceOf<OperationCanceledException>());

        api.Get<JObject>();

        Assert.That(api.Clock.Waits, Is.Empty);
    }

    private void Send() => api.Get<JObject>(cancellationToken: cancellation.Token);
}

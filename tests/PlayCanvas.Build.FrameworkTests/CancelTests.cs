using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.FrameworkTests;

/// <summary>A cancelled task returns soon and logs nothing, although reads on .NET Framework ignore their cancellation tokens.</summary>
public sealed class CancelTests : FrameworkFixture
{
    /// <summary>Far below the 100 seconds after which the client gives up on a silent server. A cancellation usually takes milliseconds.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Test]
    public async Task WhileTheServerIsSilent()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Stall, FaultScript.EveryCall);

        await CancelAsync(ListApps, () => Sandbox.Requests.Of("GET", "*/apps").Count > 0);
    }

    [Test]
    public async Task InAnAnswerThatStalls()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.StallAfter(10), FaultScript.EveryCall);

        await CancelAsync(ListApps, () => Sandbox.Requests.Of("GET", "*/apps").Any(request => request.BytesSent > 0));
    }

    [Test]
    public async Task InARequestThatHangs([Values(PublishApp, DownloadApp)] string task)
    {
        Sandbox.Faults.On("POST", "*", Fault.Stall, FaultScript.EveryCall);

        await CancelAsync(task, () => Sandbox.Requests.Of("POST", "*").Count > 0);
    }

    [Test]
    public async Task WhileTheJobRuns([Values(PublishApp, DownloadApp)] string task)
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);

        await CancelAsync(task, () => Sandbox.Requests.Any(request => request.Method == "GET" && request.Path.Contains("00000", StringComparison.Ordinal) && request.Status == 200));
    }

    [Test]
    public async Task InAnAnswerAboutTheJob([Values] bool afterItBegan)
    {
        Sandbox.Faults.On("GET", "/api/jobs/*", afterItBegan ? Fault.StallAfter(5) : Fault.Stall, FaultScript.EveryCall);

        await CancelAsync(DownloadApp, () => Sandbox.Requests.Of("GET", "/api/jobs/*").Any(request => request.BytesSent > 0 || !afterItBegan));
    }

    [Test]
    public async Task InADownload([Values] bool byRanges, [Values] bool stalls)
    {
        Sandbox.Options.SupportsRanges = byRanges;
        Sandbox.World.ChangeGame(game => game.WithGeneratedFiles(1_000_000, 20));
        Sandbox.Faults.On(
            "GET", "/exports/*", stalls ? Fault.StallAfter(1_000) : Fault.SlowDrip(10_000, TimeSpan.FromMilliseconds(20)), FaultScript.EveryCall);

        await CancelAsync(DownloadApp, () => Sandbox.Requests.Of(Origin.Storage).Any(request => request.BytesSent > 0));

        Sandbox.Faults.Clear();
        await RunWellAsync(DownloadApp);
        Assert.That(Sandbox.Requests.Of("POST", "*"), Has.Count.EqualTo(1), "The next build must continue the same job.");
    }

    private async Task CancelAsync(string name, Func<bool> hasCome)
    {
        using var task = Start(name);
        await UntilAsync(task, hasCome);

        task.Cancel();
        var report = await task.ReportAsync();

        Assert.That(report.CancelLatency, Is.Not.Null.And.LessThan(Bound));
        Assert.That(report.Errors.Concat(report.Warnings).Select(entry => entry.Message).Append(report.Exception), Is.All.Null);
        Assert.That(report.Succeeded, Is.False);
    }
}

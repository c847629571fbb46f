using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that a cancelled task ends soon and logs nothing.</summary>
[TestFixture]
public sealed class CancelTests : TaskFixture
{
    [Test]
    public void BeforeItBegins()
    {
        var task = Prepare(new PlayCanvasListApps());
        task.Cancel();

        CheckThatItEndsSilently(task);
        Assert.That(Sandbox.Requests, Is.Empty);
    }

    [Test]
    public void WhileTheServerIsSilent()
    {
        var task = new PlayCanvasListApps();
        Stub = new StubHandler();
        Stub.Next(Replies.Never.After(task.Cancel));

        CheckThatItEndsSilently(Prepare(task));
    }

    [Test]
    public void InABodyThatStalls()
    {
        var task = new PlayCanvasListApps();
        Stub = new StubHandler();
        Stub.Next(Replies.Body(ScriptedStream.Stalling("{"u8.ToArray(), task.Cancel)));

        CheckThatItEndsSilently(Prepare(task));
    }

    [Test]
    public void BeforeARetry()
    {
        var task = Prepare(new PlayCanvasListApps());
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(503));
        Clock.Waiting = _ => task.Cancel();

        CheckThatItEndsSilently(task);
        Assert.That(Sandbox.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void WhileAnAppIsPublished()
    {
        var task = Prepare(PublishTask());
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        Clock.Waiting = _ => task.Cancel();

        CheckThatItEndsSilently(task);
        Assert.That(task.Apps, Is.Empty);
    }

    [Test]
    public void WhileAnotherBuildPublishesTheSameApp()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        var first = Prepare(PublishTask());
        var second = Prepare(PublishTask());
        Clock.Waiting = _ =>
        {
            // The first task holds the lock on the app while it waits, and the second task waits for the first.
            Clock.Waiting = _ => { };
            var waiting = Task.Run(second.Execute);
            second.Cancel();
            Assert.That(waiting.Wait(Bounded.Limit / 2), Is.True);
            first.Cancel();
        };

        CheckThatItEndsSilently(first);
        Assert.That(Sandbox.Requests.Of("POST", "/api/apps"), Has.Count.EqualTo(1));
    }

    [Test]
    public void WhileAnExportIsMade()
    {
        var task = Prepare(DownloadTask());
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        Clock.Waiting = _ => task.Cancel();

        CheckThatItEndsSilently(task);
        Assert.That(task.Files, Is.Empty);
    }

    [Test]
    public void AnyNumberOfTimes()
    {
        var task = Prepare(new PlayCanvasListApps());

        for (var time = 0; time < 2_000_000; time++)
            task.Cancel();

        CheckThatItEndsSilently(task);
    }

    [Test]
    public void AfterItsEnd()
    {
        var task = new PlayCanvasListApps();
        RunWell(task);

        Assert.That(task.Cancel, Throws.Nothing);
    }

    private void CheckThatItEndsSilently(PlayCanvasTask task)
    {
        var succeeded = Bounded.Run(task.Execute);

        Assert.That(succeeded, Is.False);
        Assert.That(Engine.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(Engine.Warnings.Select(warning => warning.Message), Is.Empty);
    }
}

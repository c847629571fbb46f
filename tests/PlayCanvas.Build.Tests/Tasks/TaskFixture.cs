using Microsoft.Build.Framework;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Base of the task tests: a project on disk, a recording build engine, and a sandbox that starts when a test first uses it.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class TaskFixture
{
    protected const string Token = SandboxOptions.DefaultAccessToken;
    protected const string TokenVariable = "PLAYCANVAS_ACCESS_TOKEN";

    private SandboxServer? sandbox;

    protected SandboxServer Sandbox => sandbox ??= SandboxServer.StartAsync(SandboxOptions).GetAwaiter().GetResult();

    protected SandboxOptions SandboxOptions { get; } = new() { JobDuration = TimeSpan.Zero, StandInEngine = true };

    private protected TemporaryFolder Folder { get; } = new();

    /// <summary>The build engine of the current build. A test of several builds sets a new one for each.</summary>
    private protected RecordingBuildEngine Engine { get; set; } = new();

    private protected FakeClock Clock { get; set; } = new();

    /// <summary>The number of columns of a line of the build log.</summary>
    private protected int LineWidth { get; set; } = 157;

    private protected Dictionary<string, string> EnvironmentVariables { get; } = new() { [TokenVariable] = Token };

    /// <summary>Stands for the user's own folder, in which publishes are recorded.</summary>
    private protected string IntentFolder => Folder.File("home", "publishes");

    /// <summary>Replaces the sandbox if it is set.</summary>
    private protected StubHandler? Stub { get; set; }

    /// <summary>The store of the test, so that none uses that of the user who runs it.</summary>
    private protected string StoreFolder => Folder.File("store");

    /// <summary>The folder of the game's state in the project.</summary>
    private protected string GameFolder => Path.Combine(Path.GetDirectoryName(ProjectFile)!, "obj", "playcanvas", "game");

    /// <summary>The folder of the files of the content in use; empty when there is none.</summary>
    private protected string ContentFolder => new ProjectFolder(GameFolder).Current?.Directory ?? "";

    protected virtual string ProjectFile => Folder.File("Web Game.csproj");

    [TearDown]
    public async Task CleanUpAsync()
    {
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        Stub?.Dispose();
        Folder.Dispose();
    }

    /// <summary>Sets the build engine of a task, and sets its server and project unless the task already has them.</summary>
    private protected T Prepare<T>(T task)
        where T : PlayCanvasTask
    {
        task.BuildEngine = Engine;
        task.LineWidth = () => LineWidth;
        if (task is PlayCanvasCheckSwitch check)
            check.ProjectFile = ProjectFile;
        if (task is PlayCanvasGameTask game)
        {
            game.ProjectFile = ProjectFile;
            game.StoreDirectory ??= StoreFolder;
        }

        if (task is not PlayCanvasServiceTask api)
            return task;

        api.ApiUrl ??= Stub is null ? Sandbox.ApiUrl.AbsoluteUri : ApiHarness.BaseAddress;
        api.ProjectId ??= $"{World.ProjectId}";
        api.Clock = Clock;
        api.RateLimits = new MemoryRateLimits();
        api.GetEnvironmentVariable = name => EnvironmentVariables.GetValueOrDefault(name);
        if (task is PlayCanvasReleaseTask release)
            release.UserDirectory = IntentFolder;
        if (Stub is { } stub)
            api.CreateHandler = () => stub;
        return task;
    }

    /// <summary>Runs a task as a separate build, which begins later than the ones before it.</summary>
    private protected bool Run(PlayCanvasTask task)
    {
        Clock.Advance(TimeSpan.FromTicks(1));
        try
        {
            return Bounded.Run(Prepare(task).Execute);
        }
        finally
        {
            Engine.EndBuild();
        }
    }

    private protected void RunWell(PlayCanvasTask task)
    {
        var succeeded = Run(task);

        Assert.That(Engine.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(succeeded, Is.True);
    }

    /// <summary>Runs a task that must fail with exactly one error, checks that the error is complete, and returns its message.</summary>
    private protected string RunBadly(PlayCanvasTask task, string code)
    {
        var succeeded = Run(task);

        Assert.That(succeeded, Is.False);
        var error = SingleError();
        Assert.That(error.Code, Is.EqualTo(code), error.Message);
        Assert.That(error.HelpLink, Does.EndWith($"/docs/diagnostics/{code}.md").And.StartsWith("https://"));
        Assert.That(error.File, Is.EqualTo(ProjectFile));
        Assert.That(error.Message, Is.Not.Empty.And.Not.Contains("\n").And.Not.Contains("\r").And.Not.Contains("Exception"));
        Assert.That(Engine.Warnings, Is.Empty);
        return error.Message!;
    }

    private protected static PlayCanvasPublishApp PublishTask() => new() { Scenes = "Main", AppName = "My game", StateDirectory = "obj/playcanvas" };

    private protected static PlayCanvasDownloadApp DownloadTask() => new() { Scenes = "Main", AppName = "My game" };

    private BuildErrorEventArgs SingleError()
    {
        Assert.That(Engine.Errors, Has.Count.EqualTo(1), string.Join(" | ", Engine.AllTexts));
        return Engine.Errors[0];
    }
}

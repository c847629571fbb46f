using PlayCanvas.Build.TestSupport.FrameworkHost;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.FrameworkTests;

/// <summary>Provides a project folder and a sandbox in this process, and runs tasks against both in mono processes.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class FrameworkFixture
{
    private protected const string PublishApp = "PlayCanvasPublishApp";
    private protected const string DownloadApp = "PlayCanvasDownloadApp";
    private protected const string ListApps = "PlayCanvasListApps";

    /// <summary>The longest wait for an event that must happen.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected SandboxServer Sandbox { get; private set; } = null!;

    protected SandboxOptions SandboxOptions { get; } = new() { JobDuration = TimeSpan.Zero, StandInEngine = true };

    /// <summary>The folder that contains the project folder and all other files of the test.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("playcanvas-build-").FullName;

    private protected virtual string ProjectFolder => Path.Combine(Folder, "Web Game");

    private protected string ProjectFile => Path.Combine(ProjectFolder, "Web Game.csproj");

    private protected string GameFolder => Path.Combine(ProjectFolder, "obj", "playcanvas", "game");

    /// <summary>The folder of the files of the content in use.</summary>
    private protected string ContentFolder => Path.Combine(GameFolder, File.ReadLines(Path.Combine(GameFolder, "game.uptodate.txt")).First());

    private protected Dictionary<string, string?> EnvironmentVariables { get; } = new()
    {
        ["PLAYCANVAS_ACCESS_TOKEN"] = SandboxOptions.DefaultAccessToken,
        ["http_proxy"] = null,
        ["HTTP_PROXY"] = null,
        ["all_proxy"] = null,
        ["ALL_PROXY"] = null,
    };

    [SetUp]
    public async Task StartAsync()
    {
        Directory.CreateDirectory(ProjectFolder);
        // The tasks keep the rate limits here, so that nothing stays behind in the user's own folders.
        EnvironmentVariables["XDG_DATA_HOME"] = Path.Combine(Folder, "data");
        Sandbox = await SandboxServer.StartAsync(SandboxOptions);
    }

    [TearDown]
    public async Task CleanUpAsync()
    {
        if (Sandbox is { } sandbox)
        {
            await sandbox.DisposeAsync();
            Assert.That(sandbox.LeakedAuthorization, Is.False, "The token was sent to the storage.");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private protected HostedTask Start(string task, params (string Name, string Value)[] parameters)
    {
        var all = new Dictionary<string, string>
        {
            ["ProjectFile"] = ProjectFile,
            ["ProjectId"] = $"{World.ProjectId}",
            ["ApiUrl"] = Sandbox.ApiUrl.AbsoluteUri,
        };
        if (task != ListApps)
            (all["Scenes"], all["AppName"]) = ("Main", "My game");
        if (task == DownloadApp)
            (all["StoreDirectory"], all["DefaultLockFilePath"]) = (Path.Combine(Folder, "store"), "playcanvas.lock.json");
        if (task == PublishApp)
            (all["StateDirectory"], all["AppVersion"]) = ("obj/playcanvas", "2.0.0");
        foreach (var (name, value) in parameters)
            all[name] = value;
        return HostedTask.Start(new TaskCall(task, all), EnvironmentVariables);
    }

    private protected async Task<TaskReport> RunAsync(string task, params (string Name, string Value)[] parameters)
    {
        using var hosted = Start(task, parameters);
        return await hosted.ReportAsync();
    }

    private protected async Task<TaskReport> RunWellAsync(string task, params (string Name, string Value)[] parameters)
    {
        var report = await RunAsync(task, parameters);

        Assert.That(report.Errors.Select(error => error.Message).Append(report.Exception), Is.All.Null);
        Assert.That(report.Warnings.Select(warning => warning.Message), Is.Empty);
        Assert.That(report.Succeeded, Is.True);
        return report;
    }

    /// <summary>Runs a task that must fail with exactly one error, and checks that the error is complete.</summary>
    private protected async Task<string> RunBadlyAsync(string code, string task, params (string Name, string Value)[] parameters)
    {
        var report = await RunAsync(task, parameters);

        Assert.That(report.Exception, Is.Null);
        Assert.That(report.Errors, Has.Count.EqualTo(1));
        var error = report.Errors[0];
        Assert.That(error.Code, Is.EqualTo(code), error.Message);
        Assert.That(error.HelpLink, Does.EndWith($"/docs/diagnostics/{code}.md"));
        Assert.That(error.File, Is.EqualTo(ProjectFile));
        Assert.That(error.Message, Is.Not.Empty.And.Not.Contains("\n").And.Not.Contains("Exception"));
        Assert.That(report.Succeeded, Is.False);
        return error.Message;
    }

    /// <summary>Waits until an event has happened. Fails if the task ends first.</summary>
    private protected static async Task UntilAsync(HostedTask task, Func<bool> hasHappened)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!hasHappened())
        {
            if (task.HasEnded)
                Assert.Fail($"The task ended too early: {string.Join(" | ", (await task.ReportAsync()).Errors)}");
            await Task.Delay(10, patience.Token);
        }
    }
}

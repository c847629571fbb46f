using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CliWrap;
using NUnit.Framework.Interfaces;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>Base of the tests that use the package as users do. Each test has its own folder and sandbox.</summary>
public abstract partial class ConsumerFixture
{
    private const string TokenVariable = "PLAYCANVAS_ACCESS_TOKEN";

    private static int Folders;

    private readonly Dictionary<string, string?> variables = new(TestRun.Current.ConsumerEnvironment) { [TokenVariable] = SandboxOptions.DefaultAccessToken };
    private Transcript transcript = null!;

    internal SandboxServer Sandbox { get; private set; } = null!;

    internal string Folder { get; private set; } = "";

    /// <summary>The token in the environment; null removes the variable.</summary>
    internal string? Token
    {
        get => variables[TokenVariable];
        set => variables[TokenVariable] = value;
    }

    /// <summary>The user's local application data folder. Each test has its own.</summary>
    private protected string UserData { get; private set; } = "";

    /// <summary>The store of contents of <see cref="UserData"/>.</summary>
    private protected string Store => Path.Combine(UserData, "PlayCanvas.Build", "games");

    /// <summary>The folder in which builds record their publishes.</summary>
    private protected string PublishIntents => Path.Combine(UserData, "PlayCanvas.Build", "publishes");

    private protected int ExportsAskedFor => Sandbox.Requests.Of("POST", "/api/apps/download").Count;

    private protected IReadOnlyList<RecordedRequest> Publishes => Sandbox.Requests.Of("POST", "/api/apps");

    [SetUp]
    public async Task SetUpConsumer()
    {
        transcript = new Transcript(TestContext.CurrentContext.Test.FullName);
        var number = Interlocked.Increment(ref Folders).ToString(CultureInfo.InvariantCulture);
        Folder = Path.Combine(TestRun.Current.Root, "t" + number);
        Directory.CreateDirectory(Folder);
        UseMachine("first");
        Sandbox = await SandboxServer.StartAsync(MakeOptions());
    }

    [TearDown]
    public async Task TearDownConsumer()
    {
        transcript.Add("What the sandbox was asked", Sandbox.Requests.Select(request => request.ToString()));
        await Sandbox.DisposeAsync();
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            var file = Path.Combine(Folder, "transcript.md");
            await File.WriteAllTextAsync(file, transcript.ToString());
            TestContext.AddTestAttachment(file);
        }
        else
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Runs the following commands as on another machine: with an empty store, and without anything else that the user's builds share.</summary>
    private protected void UseMachine(string name)
    {
        UserData = Path.Combine(TestRun.Current.Home, "data", Path.GetFileName(Folder), name);
        foreach (var variable in new[] { "XDG_DATA_HOME", "LOCALAPPDATA" })
            variables[variable] = UserData;
    }

    internal async Task<CommandResult> RunAsync(string folder, params string[] arguments)
    {
        var result = await (BuildsInServers ? DotnetCli.RunInServersAsync(folder, variables, arguments) : DotnetCli.RunAsync(folder, variables, arguments));
        transcript.Add(folder, result);
        return result;
    }

    /// <summary>Runs a script of a CI system.</summary>
    internal async Task<CommandResult> RunScriptAsync(string folder, string script, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var result = await DotnetCli.RunScriptAsync(folder, variables.Concat(environment).GroupBy(variable => variable.Key).ToDictionary(same => same.Key, same => same.Last().Value), script);
        transcript.Add(folder, result);
        return result;
    }

    /// <summary>Returns the command of <see cref="RunAsync"/>, for tests that observe it while it runs.</summary>
    private protected Command Prepare(string folder, params string[] arguments) => DotnetCli.Prepare(folder, variables, arguments);

    private protected void SetVariable(string name, string value) => variables[name] = value;

    /// <summary>Whether builds take place in processes that the tests share. Tests of processes, and of what belongs to a process, need their own.</summary>
    private protected virtual bool BuildsInServers => true;

    private protected virtual SandboxOptions MakeOptions() => new() { JobDuration = TimeSpan.Zero, StandInEngine = true };

    private protected ConsumerProject Console(string name = "Desk") => ConsumerProject.Console(this, name);

    private protected ConsumerProject Library(string name = "Parts") => ConsumerProject.Library(this, name);

    private protected ConsumerProject RazorLibrary(string name = "Parts") => ConsumerProject.RazorLibrary(this, name);

    private protected ConsumerProject Web(string name = "Site") => ConsumerProject.Web(this, name);

    /// <summary>Returns the requests to the sandbox. Repeated polls are listed once, and a star replaces each id that the sandbox assigned.</summary>
    private protected IReadOnlyList<string> Asked()
    {
        var asked = new List<string>();
        foreach (var request in Sandbox.Requests.Select(request => $"{request.Origin} {request.Method} {GivenIds().Replace(request.Path, "*")}{(request.Origin == Origin.Api ? request.Query : "")}"))
        {
            if (asked.LastOrDefault() != request)
                asked.Add(request);
        }

        return asked;
    }

    /// <summary>Saves an export as a user does who downloads it in the Editor, and clears the recorded requests of the sandbox.</summary>
    private protected async Task ExportToAsync(string path, params string[] scenes)
    {
        var ids = Sandbox.World.Scenes.Where(scene => scene.BranchId == World.MainBranchId && (scenes.Length == 0 || scenes.Contains(scene.Name))).Select(scene => scene.Id);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        using var answer = await client.PostAsJsonAsync($"{Sandbox.ApiUrl}/apps/download", new { project_id = World.ProjectId, name = "Export", scenes = ids });
        var job = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
        string? url = null;
        while (url is null)
        {
            job = (await client.GetFromJsonAsync<JsonNode>($"{Sandbox.ApiUrl}/jobs/{job["id"]}"))!;
            url = job["data"]?["download_url"]?.GetValue<string>();
        }

        using var storageClient = new HttpClient();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, await storageClient.GetByteArrayAsync(url));
        Sandbox.Requests.Clear();
    }

    /// <summary>Lets the projects of this test also restore from the machine's own sources.</summary>
    private protected Task AddOwnSourcesAsync() => TestRun.AddOwnSourcesAsync(Folder);

    private protected void AssertNothingSent() =>
        Assert.That(Sandbox.Requests.Select(request => request.ToString()), Is.Empty, "requests");

    [GeneratedRegex("(?<=/)(3[0-9]{6}|[0-9a-f-]{32,36})(?=/|$)")]
    private static partial Regex GivenIds();
}

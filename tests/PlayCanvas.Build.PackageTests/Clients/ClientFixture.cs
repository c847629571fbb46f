using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Clients;

/// <summary>Runs programs that were written for the real service against a sandbox. Each test has its own sandbox and folder.</summary>
public abstract class ClientFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    internal SandboxServer Sandbox { get; private set; } = null!;

    private protected string Folder { get; private set; } = "";

    [SetUp]
    public async Task SetUpClient()
    {
        Folder = Directory.CreateTempSubdirectory("playcanvas-clients-").FullName;
        Sandbox = await SandboxServer.StartAsync(MakeOptions());
    }

    [TearDown]
    public async Task TearDownClient()
    {
        foreach (var request in Sandbox.Requests)
            TestContext.Out.WriteLine(request);
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected virtual SandboxOptions MakeOptions() => new() { JobDuration = TimeSpan.Zero, StandInEngine = true };

    /// <summary>Runs a script with node, asserts that it succeeds, and returns its output.</summary>
    private protected async Task<string> RunAsync(string script, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var result = await TryRunAsync(script, variables, arguments);
        Assert.That(result.ExitCode, Is.Zero, $"Exit code of {script} {string.Join(' ', arguments)}:\n{result.StandardOutput}{result.StandardError}");
        return result.StandardOutput;
    }

    /// <summary>Runs a script with node. Ignores the test if node is not installed.</summary>
    /// <param name="script">The path of the script relative to the folder of the clients.</param>
    /// <param name="variables">Environment variables in addition to the data of the project.</param>
    /// <param name="arguments">The arguments of the script.</param>
    private protected async Task<BufferedCommandResult> TryRunAsync(string script, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return await Cli.Wrap("node").WithArguments([Path.Combine(ClientsSetUp.Folder, script), .. arguments]).WithWorkingDirectory(Folder)
                .WithEnvironmentVariables(Environment(variables)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(timeout.Token);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("node is not installed");
            throw new UnreachableException();
        }
    }

    private Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?> variables)
    {
        var environment = ProxyVariables.ToDictionary(name => name, _ => (string?)null);
        environment["HOME"] = environment["USERPROFILE"] = Folder;
        environment["PLAYCANVAS_API_URL"] = Sandbox.ApiUrl.AbsoluteUri;
        environment["PLAYCANVAS_ACCESS_TOKEN"] = SandboxOptions.DefaultAccessToken;
        environment["PLAYCANVAS_PROJECT_ID"] = World.ProjectId.ToString(CultureInfo.InvariantCulture);
        environment["PLAYCANVAS_BRANCH_ID"] = World.MainBranchId;
        environment["PLAYCANVAS_SCENE_ID"] = World.MainSceneId.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in variables)
            environment[name] = value;
        return environment;
    }
}

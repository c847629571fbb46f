using System.Collections.Concurrent;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>A command, its requests to the sandbox, and the locations of games afterwards.</summary>
internal sealed record Step(CommandResult Result, IReadOnlyList<RecordedRequest> Requests, IReadOnlyList<GameFolder> Games)
{
    /// <summary>The jobs that the service was asked to start.</summary>
    public string Asked
    {
        get
        {
            var exports = Requests.Count(request => request is { Method: "POST", Path: "/api/apps/download" });
            var publishes = Requests.Count(request => request is { Method: "POST", Path: "/api/apps" });
            return (exports, publishes, Requests.Count) switch
            {
                (0, 0, 0) => "nothing",
                (_, 0, _) => $"{exports} export",
                (0, _, _) => $"{publishes} publish",
                _ => $"{exports} export, {publishes} publish",
            };
        }
    }
}

/// <summary>A folder that contains the page of a game, and all files in it.</summary>
internal sealed record GameFolder(string Path, IReadOnlyList<string> Files)
{
    private static readonly string[] Compressed = [".gz", ".br"];

    /// <summary>The paths of the game's files.</summary>
    public IReadOnlyList<string> GameFiles =>
    [
        .. Files.Where(file => !IsCompressedCopy(file)).Select(file => IsInstalled ? ConsumerProject.GamePath(file) : file).Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns where a file of the game is.</summary>
    public string LocationOf(string file) => $"{Path}/{(IsInstalled ? file.Replace('/', '^') : file)}";

    /// <summary>Whether this is a content in <c>obj/</c>.</summary>
    public bool IsInstalled => Path.Contains("/obj/playcanvas/", StringComparison.Ordinal);

    private bool IsCompressedCopy(string file) => Compressed.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && Files.Contains(file[..^3]);
}

/// <summary>A folder with projects, and the sandbox against which they are built.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly Dictionary<string, string?> variables;
    private readonly Transcript transcript;

    private Workplace(string name, SandboxServer sandbox)
    {
        Folder = Path.Combine(TestRun.Current.Root, name);
        Sandbox = sandbox;
        transcript = new Transcript(name);
        // MSBuild turns the environment variable into a property of every project.
        variables = new(TestRun.Current.ConsumerEnvironment)
        {
            ["PLAYCANVAS_ACCESS_TOKEN"] = SandboxOptions.DefaultAccessToken,
            ["PlayCanvasApiUrl"] = sandbox.ApiUrl.AbsoluteUri,
        };
    }

    public string Folder { get; }

    public SandboxServer Sandbox { get; }

    /// <summary>The commands that were run, by their names.</summary>
    public ConcurrentDictionary<string, Step> Steps { get; } = new();

    /// <param name="name">The name of the folder.</param>
    /// <param name="standInEngine">Whether the game contains the sandbox's own engine even if the real engine is available.</param>
    public static async Task<Workplace> OpenAsync(string name, bool standInEngine)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { JobDuration = TimeSpan.Zero, StandInEngine = standInEngine });
        var workplace = new Workplace(name, sandbox);
        Directory.CreateDirectory(workplace.Folder);
        return workplace;
    }

    /// <summary>The content that the package keeps in <c>obj/</c>.</summary>
    public GameFolder InstalledGame => InstalledGames.Single();

    public IReadOnlyList<GameFolder> InstalledGames => FindGames(game => game.IsInstalled);

    public string PathOf(string path) => Path.Combine(Folder, path);

    /// <summary>Copies a sample and makes it use the package of this test run.</summary>
    public void CopySample(string name, string? to = null)
    {
        var sample = Repository.PathOf(Path.Combine("samples", name));
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(sample, file);
            if (path.Split(Path.DirectorySeparatorChar) is ["bin" or "obj", ..] || path.EndsWith(".lock.json", StringComparison.Ordinal))
                continue;

            Write(Path.Combine(to ?? name, path), null);
            File.Copy(file, PathOf(Path.Combine(to ?? name, path)), overwrite: true);
        }

        var project = PathOf(Path.Combine(to ?? name, name + ".csproj"));
        var content = File.ReadAllText(project);
        File.WriteAllText(project, content.Replace(Reference("0.1.0"), Reference(TestRun.Current.PackageVersion), StringComparison.Ordinal));
    }

    /// <summary>Writes a file, or creates only its folder if there is no content.</summary>
    public void Write(string path, string? content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        if (content is not null)
            File.WriteAllText(PathOf(path), content);
    }

    /// <summary>Runs <c>dotnet</c> in the folder of a project.</summary>
    public async Task<Step> RunAsync(string name, string project, params string[] arguments)
    {
        Sandbox.Requests.Clear();
        var result = await DotnetCli.RunInServersAsync(PathOf(project), variables, arguments);
        return Record(name, project, result);
    }

    /// <summary>Starts a site by <c>dotnet run</c>.</summary>
    public async Task<Site> StartAsync(string project, string environment, params string[] arguments) =>
        await Site.StartAsync(PathOf(project), With("ASPNETCORE_ENVIRONMENT", environment), ["run", "--no-launch-profile", .. arguments]);

    /// <summary>Starts the published output of a project, as on a server.</summary>
    public async Task<Site> StartPublishedAsync(string project, params string[] arguments) =>
        await Site.StartPublishedAsync(PublishedFolder(project), Path.GetFileName(project), TestRun.Current.ConsumerEnvironment, arguments);

    public string PublishedFolder(string project) => PathOf(Path.Combine(project, "bin", "Release", "net10.0", "publish"));

    public Dictionary<string, string?> With(string variable, string value) => new(variables) { [variable] = value };

    /// <summary>Records the effects of a command.</summary>
    public Step Record(string name, string project, CommandResult result)
    {
        transcript.Add(PathOf(project), result);
        transcript.Add($"Asked by {name}", Sandbox.Requests.Select(request => request.ToString()));
        return Steps[name] = new Step(result, [.. Sandbox.Requests], FindGames(game => !game.Path.Contains("/obj/", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await File.WriteAllTextAsync(PathOf("transcript.md"), transcript.ToString());
    }

    private static string Reference(string version) => $"""<PackageReference Include="PlayCanvas.Build" Version="{version}" """;

    private List<GameFolder> FindGames(Func<GameFolder, bool> isWanted) =>
    [
        .. Directory.EnumerateFiles(Folder, "__start__.js", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!)
            .Select(folder => new GameFolder(Path.GetRelativePath(Folder, folder).Replace('\\', '/'), FilesIn(folder)))
            .Where(isWanted)
            .OrderBy(game => game.Path, StringComparer.Ordinal),
    ];

    private static List<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}

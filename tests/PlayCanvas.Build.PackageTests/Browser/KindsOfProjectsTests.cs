using System.IO.Compression;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Runs each command on each kind of project: checks the requests to the service, and where the complete game is afterwards.</summary>
public sealed class KindsOfProjectsTests
{
    private const string Web = "web";
    private const string Blazor = "Blazor WebAssembly";
    private const string Library = "class library + site";
    private const string Console = "console";
    private const string Program = "library + program";
    private const string Targets = "multi-target";

    private const string WebPublished = "WebGame/bin/Release/net10.0/publish/wwwroot/game";
    private const string BlazorPublished = "BlazorWasmGame/bin/Release/net10.0/publish/wwwroot/game";
    private const string LibraryPublished = "LibrarySite/bin/Release/net10.0/publish/wwwroot/_content/GameLibrary/game";

    /// <summary>These kinds take minutes to build and differ least from the others.</summary>
    private static readonly string[] LongKinds = [Blazor, Program, Targets];

    private static readonly string[] NoFolder = [];

    private static readonly (string Kind, string Command, string Asked, string[] Games)[] Table =
    [
        (Web, "build", "1 export", NoFolder),
        (Web, "build again", "nothing", NoFolder),
        (Web, "clean", "nothing", NoFolder),
        (Web, "run", "nothing", NoFolder),
        (Web, "publish", "1 publish", [WebPublished]),
        (Web, "pack", "nothing", [WebPublished]),
        (Web, "publish --no-build", "1 publish", [WebPublished, "again/wwwroot/game"]),

        (Blazor, "build", "1 export", NoFolder),
        (Blazor, "build again", "nothing", NoFolder),
        (Blazor, "clean", "nothing", NoFolder),
        (Blazor, "run", "nothing", NoFolder),
        (Blazor, "publish", "1 publish", [BlazorPublished]),
        (Blazor, "pack", "nothing", [BlazorPublished]),
        (Blazor, "publish --no-build", "1 publish", [BlazorPublished, "again/wwwroot/game"]),

        // The app belongs to the library project, and the published project is another one.
        (Library, "build", "1 export", NoFolder),
        (Library, "build again", "nothing", NoFolder),
        (Library, "clean", "nothing", NoFolder),
        (Library, "run", "nothing", NoFolder),
        (Library, "publish", "nothing", [LibraryPublished]),
        (Library, "pack", "nothing", [LibraryPublished]),
        (Library, "publish --no-build", "nothing", [LibraryPublished, "again/wwwroot/_content/GameLibrary/game"]),

        (Console, "build", "1 export", ["DesktopHost/bin/Debug/net10.0/game"]),
        (Console, "build again", "nothing", ["DesktopHost/bin/Debug/net10.0/game"]),
        (Console, "clean", "nothing", NoFolder),
        (Console, "publish", "1 publish", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game"]),
        (Console, "pack", "nothing", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game"]),
        (Console, "publish --no-build", "1 publish", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game", "again/game"]),

        (Program, "build", "1 export", ["Library/bin/Debug/net10.0/game", "Program/bin/Debug/net10.0/game"]),
        (Program, "build again", "nothing", ["Library/bin/Debug/net10.0/game", "Program/bin/Debug/net10.0/game"]),
        (Program, "clean", "nothing", NoFolder),
        (Program, "publish", "nothing", ["Library/bin/Release/net10.0/game", "Program/bin/Release/net10.0/game", "Program/bin/Release/net10.0/publish/game"]),
        (Program, "pack", "nothing", ["Library/bin/Release/net10.0/game", "Program/bin/Release/net10.0/game", "Program/bin/Release/net10.0/publish/game"]),
        (Program, "publish --no-build", "nothing", ["Library/bin/Release/net10.0/game", "Program/bin/Release/net10.0/game", "Program/bin/Release/net10.0/publish/game", "again/game"]),

        (Targets, "build", "1 export", ["DesktopHost/bin/Debug/net10.0/game", "DesktopHost/bin/Debug/netstandard2.0/game"]),
        (Targets, "build again", "nothing", ["DesktopHost/bin/Debug/net10.0/game", "DesktopHost/bin/Debug/netstandard2.0/game"]),
        (Targets, "clean", "nothing", NoFolder),
        (Targets, "publish", "1 publish", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game"]),
        (Targets, "pack", "nothing", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game", "DesktopHost/bin/Release/netstandard2.0/game"]),
        (Targets, "publish --no-build", "1 publish", ["DesktopHost/bin/Release/net10.0/game", "DesktopHost/bin/Release/net10.0/publish/game", "DesktopHost/bin/Release/netstandard2.0/game", "again/game"]),
    ];

    public static IEnumerable<TestCaseData> Cells
    {
        get
        {
            foreach (var (kind, command, asked, games) in Table)
            {
                var cell = new TestCaseData(kind, command, asked, games).SetName($"{kind}: {command}");
                yield return LongKinds.Contains(kind) ? cell.SetCategory(LongTests.Category) : cell;
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public async Task Command(string kind, string command, string asked, string[] games)
    {
        var place = await Workshop.Kinds[kind].Value;
        var step = place.Steps[command];

        TestContext.Out.WriteLine($"| {kind} | {command} | {step.Asked}, {step.Requests.Count} requests | {step.Result.Elapsed.TotalSeconds:0.0} s | {string.Join(", ", step.Games.Select(game => $"{game.Path} ({game.Files.Count} files)"))} |");
        step.Result.AssertSucceeded();
        // The SDK itself declares sites as not packable.
        Assert.That(step.Result.Warnings.Where(warning => !warning.Text.Contains("cannot be packaged", StringComparison.Ordinal)).Select(warning => warning.Line), Is.Empty);
        Assert.That(step.Asked, Is.EqualTo(asked), string.Join('\n', step.Requests.Select(request => request.ToString())));
        Assert.That(step.Games.Select(game => game.Path), Is.EquivalentTo(games));
        var whole = place.InstalledGame.GameFiles;
        using (Assert.EnterMultipleScope())
        {
            foreach (var game in step.Games)
            {
                Assert.That(game.GameFiles, Is.EqualTo(whole), game.Path);
            }
        }
    }

    /// <summary>A game is part of the package of a Razor class library, which exists to ship static files, and of no other package.</summary>
    [TestCase(Web, null, null)]
    [TestCase(Blazor, null, null, Category = LongTests.Category)]
    [TestCase(Library, "GameLibrary", "staticwebassets/game/")]
    [TestCase(Console, "DesktopHost", null)]
    [TestCase(Program, "Library", null, Category = LongTests.Category)]
    [TestCase(Targets, "DesktopHost", null, Category = LongTests.Category)]
    public async Task Package(string kind, string? name, string? gameFolder)
    {
        var place = await Workshop.Kinds[kind].Value;

        var packages = Directory.Exists(place.PathOf("packed")) ? Directory.GetFiles(place.PathOf("packed")) : [];

        Assert.That(packages.Select(Path.GetFileName), Is.EqualTo(name is null ? Array.Empty<string>() : [$"{name}.1.0.0.nupkg"]));
        foreach (var file in packages)
        {
            using var package = await ZipFile.OpenReadAsync(file);
            var files = package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName)).ToList();
            Assert.That(files, Has.None.Contains(".playcanvas").And.None.Contains(".gitignore"));
            Assert.That(
                files.Where(path => path.EndsWith("__start__.js", StringComparison.Ordinal)),
                Is.EqualTo(gameFolder is null ? Array.Empty<string>() : [$"{gameFolder}__start__.js"]));
            if (gameFolder is not null)
                Assert.That(files.Where(path => path.StartsWith(gameFolder, StringComparison.Ordinal)).Select(path => path[gameFolder.Length..]), Is.SupersetOf(place.InstalledGame.GameFiles));
        }
    }
}

using System.IO.Compression;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>
/// Tests that whatever a build puts into an output folder is the game in use, byte for byte: after game A, then B, then A again, it is A. The files
/// of A are then older than those of B.
/// </summary>
public sealed class BackAndForthTests : ConsumerFixture
{
    private const string Update = "-p:PlayCanvasUpdate=true";
    private const string BlazorOutput = "blazor/wwwroot/game";

    [Test]
    public async Task The_output_the_publish_and_a_given_folder_of_a_program()
    {
        var project = Console().DownloadsOnBuild();

        await WalkAsync(
            project,
            async () =>
            {
                await project.PublishAsync("--no-restore");
                await project.PublishAsync("--no-restore", "-o", "given");
                await project.BuildAsync("--no-restore");
            },
            "bin/Debug/net10.0/game", "bin/Release/net10.0/publish/game", "given/game");
    }

    [Test]
    public async Task A_program_that_refers_to_the_project()
    {
        var library = Library().DownloadsOnBuild().Save();
        var program = Console().WithoutPackage().RefersTo(library);
        (await program.RunAsync("restore")).AssertClean();

        await WalkAsync(
            library,
            async () => await program.PublishAsync("--no-restore"),
            "bin/Release/net10.0/game", "../Desk/bin/Release/net10.0/game", "../Desk/bin/Release/net10.0/publish/game");
    }

    [Test]
    public async Task A_site_with_compressed_forms()
    {
        var project = Web().DownloadsOnBuild();

        await WalkAsync(project, async () => await project.PublishAsync("--no-restore"), "bin/Release/net10.0/publish/wwwroot/game");

        AssertCompressedFormsAreOfTheirFiles(project.PathOf("bin/Release/net10.0/publish/wwwroot/game"));
    }

    [Test]
    public async Task A_Razor_library_its_package_and_the_site_that_refers_to_it()
    {
        var library = RazorLibrary().DownloadsOnBuild().Save();
        var site = Web().WithoutPackage().RefersTo(library).WithFile("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.Run();
            """);
        (await site.RunAsync("restore")).AssertClean();
        var package = library.PathOf("packed/Parts.1.0.0.nupkg");

        await WalkAsync(
            library,
            async () =>
            {
                await site.PublishAsync("--no-restore");
                (await library.RunAsync("pack", "--no-restore", "-o", "packed")).AssertClean();
                if (Directory.Exists(library.PathOf("unpacked")))
                    Directory.Delete(library.PathOf("unpacked"), recursive: true);
                await ZipFile.ExtractToDirectoryAsync(package, library.PathOf("unpacked"));
            },
            "../Site/bin/Release/net10.0/publish/wwwroot/_content/Parts/game", "unpacked/staticwebassets/game");

        AssertCompressedFormsAreOfTheirFiles(site.PathOf("bin/Release/net10.0/publish/wwwroot/_content/Parts/game"));
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task A_Blazor_WebAssembly_app()
    {
        await AddOwnSourcesAsync();
        var project = ConsumerProject.BlazorWebAssembly(this, "App").DownloadsOnBuild();
        var restore = await project.RunAsync("restore");
        if (restore.Errors.Count > 0)
            Assert.Ignore("the packages of this kind of project cannot be restored here: " + restore.Errors[0].Line);

        await WalkAsync(project, async () => await project.PublishAsync("--no-restore", "-o", "blazor"), BlazorOutput);
    }

    [Test]
    public async Task A_mirror()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", "public/").Save();
        Directory.CreateDirectory(project.PathOf("public/game"));
        project.WithFile("public/game/mine.txt", "mine");

        await WalkAsync(
            project,
            async () =>
            {
                await project.BuildAsync("--no-restore");
                Assert.That(await File.ReadAllTextAsync(project.PathOf("public/game/mine.txt")), Is.EqualTo("mine"));
            },
            "bin/Debug/net10.0/game", "public/game");
    }

    /// <summary>Builds game A, then B, then A, and compares the folders each time.</summary>
    private async Task WalkAsync(ConsumerProject project, Func<Task> command, params string[] folders)
    {
        (await project.RunAsync("restore")).AssertClean();
        var games = new List<IReadOnlyDictionary<string, string>>();
        foreach (var change in new Func<Game, Game>[] { game => game, Another, _ => Game.SpinningBox })
        {
            Sandbox.World.ChangeGame(change);
            (await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp", Update)).AssertClean();
            await command();

            var game = project.GameHashes();
            games.Add(game);
            using (Assert.EnterMultipleScope())
            {
                foreach (var folder in folders)
                    Assert.That(Without(project.HashesIn(folder), game, folder), Is.EqualTo(game), $"{folder} in step {games.Count}");
            }
        }

        Assert.That(games[2], Is.EqualTo(games[0]).And.Not.EqualTo(games[1]));
    }

    /// <summary>
    /// Leaves out the files of others. The SDK does not delete static web assets that a project no longer has from a publish folder, so these are left
    /// out too.
    /// </summary>
    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> game, string folder) => files
        .Where(file => file.Key is not (".playcanvas" or ".gitignore" or "mine.txt") && (game.ContainsKey(file.Key) || !HasStaticWebAssets(folder)))
        .ToDictionary();

    private static bool HasStaticWebAssets(string folder) => folder.Contains("/_content/", StringComparison.Ordinal) || folder.StartsWith(BlazorOutput, StringComparison.Ordinal);

    /// <summary>Changes files, keeps the length of one, adds one and removes one.</summary>
    private static Game Another(Game game) => (game with { Title = "Spinning Bax" }).Without("Armature|Run.glb").With("new.txt", "new");

    private static void AssertCompressedFormsAreOfTheirFiles(string folder)
    {
        var forms = Directory.GetFiles(folder, "*.br", SearchOption.AllDirectories).Concat(Directory.GetFiles(folder, "*.gz", SearchOption.AllDirectories)).ToList();
        Assert.That(forms, Is.Not.Empty);
        foreach (var form in forms)
        {
            using var file = File.OpenRead(form);
            using Stream stream = form.EndsWith(".br", StringComparison.Ordinal) ? new BrotliStream(file, CompressionMode.Decompress) : new GZipStream(file, CompressionMode.Decompress);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            Assert.That(content.ToArray(), Is.EqualTo(File.ReadAllBytes(form[..^3])), form);
        }
    }
}

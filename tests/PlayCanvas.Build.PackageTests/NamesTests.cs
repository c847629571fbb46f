using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.PackageTests.Browser;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests names and values with characters that have a special meaning in MSBuild, the SDK, C#, or addresses.</summary>
public sealed class NamesTests : ConsumerFixture
{
    /// <summary>The names of files in an export, by the names under which they are installed.</summary>
    private static readonly Dictionary<string, string> OddNames = new()
    {
        ["files/hero_20idle.png"] = "files/hero%20idle.png",
        ["files/semi_colon.png"] = "files/semi;colon.png",
        ["files/space and +plus&amp_ .txt"] = "files/space and +plus&amp; .txt",
        ["files/@(item).png"] = "files/@(item).png",
        ["files/$(Property).png"] = "files/$(Property).png",
        ["files/_(Identity).png"] = "files/%(Identity).png",
        ["files/it's #1, (100_) !.png"] = "files/it's #1, (100%) !.png",
        ["files/star_quest_.txt"] = "files/star*quest?.txt",
        ["files/_[.{fingerprint}]!.js"] = "files/#[.{fingerprint}]!.js",
        ["files/größe 日本 😀.txt"] = "files/größe 日本 😀.txt",
        ["files/_blank at both ends_"] = "files/ blank at both ends ",
        ["_root"] = " root",
        ["files/_tab and wide space_"] = "files/\ttab and wide space\u3000",
        ["@(folder)/it's & $(x)_/= `~_[1]{2}.txt"] = "@(folder)/it's & $(x);/= `~^[1]{2}.txt",
        ["_3B/_2520/file"] = "%3B/%2520/file",
    };

    [Test]
    public async Task A_game_of_odd_names_is_built_published_and_removed_in_a_library_and_a_program()
    {
        await WriteOddExportAsync("it's 100% (new) @ #1 & $.zip");
        var library = Library().Set("PlayCanvasDownloadOnBuild", " True ").Set("PlayCanvasExportFile", "../it's 100%25 (new) @ #1 & $.zip").Set("PlayCanvasGamePath", "./it's #1 & (größe) @x/").Save();
        var program = Console().RefersTo(library);

        await program.PublishAsync();

        var installed = library.GameFiles("it's #1 & (größe) @x");
        Assert.That(installed, Is.SupersetOf(OddNames.Keys));
        Assert.That(program.FilesIn("bin/Release/net10.0/publish/it's #1 & (größe) @x"), Is.EqualTo(installed));
        Assert.That(await program.TasksOfAsync("publish", "--no-restore"), Is.Empty, "Tasks of the second publish");
        (await library.RunAsync("msbuild", "-t:PlayCanvasClean")).AssertClean();
        Assert.That(library.FilesIn("obj/playcanvas"), Is.Empty);
    }

    [Test]
    public async Task A_game_of_odd_names_is_served_by_a_site_and_by_its_Razor_library()
    {
        await WriteOddExportAsync("game.zip");
        var library = RazorLibrary().Set("PlayCanvasDownloadOnBuild", "true").Set("PlayCanvasExportFile", "../game.zip").Save();
        var web = Web().Set("PlayCanvasDownloadOnBuild", "true").Set("PlayCanvasExportFile", "../game.zip").Set("PlayCanvasGamePath", "it's #1 & (größe) @x").RefersTo(library)
            .WithFile("Program.cs", """
                var app = WebApplication.CreateBuilder(args).Build();
                app.MapStaticAssets();
                app.MapGet("/", () => "Hello");
                app.Run();

                // Names that generated code could take as well.
                class GameHosting;
                class PlayCanvas;
                namespace Site.PlayCanvas { class Hosting; }
                namespace Site.System { class Microsoft; }
                """);

        await web.PublishAsync();

        var installed = web.GameFiles("it's #1 & (größe) @x");
        Assert.That(installed, Is.SupersetOf(OddNames.Keys));
        Assert.That(await web.TasksOfAsync("publish", "--no-restore"), Is.EquivalentTo(["PlayCanvasPublishGameFiles", "PlayCanvasSayAge"]), "Tasks of the second publish");
        await using var site = await Site.StartPublishedAsync(web.PathOf("bin/Release/net10.0/publish"), web.Name, TestRun.Current.ConsumerEnvironment);
        using (Assert.EnterMultipleScope())
        {
            await AssertServesAsync(site, "it's #1 & (größe) @x", installed, file => web.GameFile(file, "it's #1 & (größe) @x"));
            await AssertServesAsync(site, "_content/Parts/game", library.GameFiles(), file => library.GameFile(file));
            using var answer = await site.GetAsync(InAddress("it's #1 & (größe) @x"));
            Assert.That(answer.Headers.Location?.OriginalString, Does.EndWith("@x/"));
            using var page = await site.GetAsync(answer.Headers.Location!.OriginalString);
            Assert.That((int)page.StatusCode, Is.EqualTo(200), "The page to which the address of the folder redirects");
        }

        (await web.RunAsync("msbuild", "-t:PlayCanvasClean")).AssertClean();
        Assert.That(web.FilesIn("obj/playcanvas"), Is.Empty);
    }

    /// <summary>All spellings of a folder are equal: the files of the mirror are not the project's own, so they are neither watched nor published twice.</summary>
    [TestCase("./wwwroot//", "wwwroot/game")]
    [TestCase("wwwroot\\games", "wwwroot/games/game")]
    [TestCase("{project}/wwwroot", "wwwroot/game")]
    [TestCase("$(MSBuildProjectDirectory)/wwwroot/", "wwwroot/game")]
    [TestCase(" it's (1) @x ", "it's (1) @x/game")]
    public async Task ADownloadDirectoryIsComparedAsAPath(string directory, string mirror)
    {
        var project = Web().DownloadsOnBuild();
        project.Set("PlayCanvasDownloadDirectory", directory.Replace("{project}", project.Folder, StringComparison.Ordinal));
        await project.BuildAsync();

        Assert.That(MirroredIn(project, mirror), Is.EqualTo(project.GameFiles()).And.Not.Empty);
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
        var items = await project.RunAsync("msbuild", "-getItem:Content,None,EmbeddedResource");
        Assert.That(items.Output, Does.Not.Contain("__start__.js"));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task A_download_directory_of_the_command_line_holds_the_game()
    {
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync("-p:PlayCanvasDownloadDirectory=games", "-p:PlayCanvasGamePath=");

        Assert.That(project.FilesIn("bin/Debug/net10.0/game"), Does.Contain("index.html").And.EqualTo(project.GameFiles()));
        Assert.That(MirroredIn(project, "games/game"), Is.EqualTo(project.GameFiles()));
        Assert.That(await project.TasksOfAsync("build", "--no-restore", "-p:PlayCanvasDownloadDirectory=games", "-p:PlayCanvasGamePath="), Is.Empty);
    }

    [Test]
    public async Task A_parameter_that_differs_only_in_case_asks_for_another_game()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync("-p:PlayCanvasAppName=Game", "-p:PlayCanvasScriptsMinify=True");

        await project.BuildAsync("--no-restore", "-p:PlayCanvasAppName=Game", "-p:PlayCanvasScriptsMinify= true ");
        Assert.That(ExportsAskedFor, Is.EqualTo(1), "Exports after another spelling of a switch");
        await project.BuildAsync("--no-restore", "-p:PlayCanvasAppName=game", "-p:PlayCanvasScriptsMinify=true");
        Assert.That(ExportsAskedFor, Is.EqualTo(2), "Exports after another name");
    }

    [Test]
    public async Task The_sources_of_a_game_are_not_served_however_the_format_is_written()
    {
        var project = Web().DownloadsOnBuild().Set("PlayCanvasFormat", "\n NPM ");

        await project.PublishAsync();

        Assert.That(project.GameFiles(), Does.Contain("package.json"));
        Assert.That(project.FilesIn("bin/Release/net10.0/publish/wwwroot"), Is.Empty);
    }

    [TestCase("""<PlayCanvasGame Include="game" />""", """<PlayCanvasGame Include="game" />""")]
    [TestCase("""<PlayCanvasGame Include="game" />""", """<PlayCanvasGame Include="./GAME/" />""")]
    public async Task TwoGamesOfOnePathAreAnError(string first, string second)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), $"<Project><ItemGroup>{first}</ItemGroup></Project>");
        var project = Console().DownloadsOnBuild().Add($"<ItemGroup>{second}</ItemGroup>");

        var error = (await project.RunAsync("build")).AssertFailedWith("PLAYCANVAS1028");

        Assert.That(error.Text, Does.Contain("Directory.Build.props"));
        AssertNothingSent();
    }

    private static IEnumerable<string> MirroredIn(ConsumerProject project, string folder) =>
        project.FilesIn(folder).Where(file => file is not ".gitignore" and not ".playcanvas");

    private static string InAddress(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static async Task AssertServesAsync(Site site, string address, IReadOnlyList<string> files, Func<string, string> pathOf)
    {
        foreach (var file in files)
        {
            using var answer = await site.GetAsync(InAddress($"{address}/{file}"));
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), $"{address}/{file}");
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(await File.ReadAllBytesAsync(pathOf(file))), $"{address}/{file}");
        }
    }

    private async Task WriteOddExportAsync(string name)
    {
        var path = Path.Combine(Folder, name);
        await ExportToAsync(path);
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Update);
        foreach (var entry in OddNames.Values)
        {
            await using var content = await zip.CreateEntry(entry).OpenAsync();
            await content.WriteAsync(Encoding.UTF8.GetBytes($"This is {entry}. It is long enough to be worth compressing, compressing, compressing, compressing and compressing."));
        }
    }
}

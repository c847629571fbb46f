using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests folders of projects that are moved, copied, renamed, cleaned, deep or behind a link, and several projects with one game.</summary>
public sealed class WorkspaceTests : ConsumerFixture
{
    private const string LockFile = "playcanvas.lock.json";

    [Test]
    public async Task A_workspace_that_was_moved_is_published_without_a_build()
    {
        var project = Web().DownloadsOnBuild();
        await project.BuildAsync("-c", "Release");
        var moved = project.CopyTo("elsewhere/workspace");
        Directory.Delete(project.Folder, recursive: true);
        Directory.Delete(UserData, recursive: true);
        Sandbox.Requests.Clear();
        Token = null;

        await moved.PublishAsync("--no-build");

        AssertNothingSent();
        Assert.That(moved.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(moved.GameHashes()).And.Not.Empty);
    }

    [TestCase("web")]
    [TestCase("console")]
    public async Task A_publish_without_a_build_and_without_the_game_is_an_error(string kind)
    {
        var project = (kind == "web" ? Web() : Console()).DownloadsOnBuild();
        await project.BuildAsync("-c", "Release");
        Directory.Delete(project.PathOf("obj/playcanvas"), recursive: true);
        Sandbox.Requests.Clear();

        var error = (await project.RunAsync("publish", "--no-build")).AssertFailedWith("PLAYCANVAS4019");

        Assert.That(error.Text, Does.Contain("\"game\""));
        Assert.That(project.Has("bin/Release/net10.0/publish"), Is.False);
        AssertNothingSent();
    }

    /// <summary>As in a Docker image whose layers hold <c>obj/</c>: another folder, and no store.</summary>
    [Test]
    public async Task An_obj_folder_that_was_copied_is_enough()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        UseMachine("container");
        Token = null;
        var copy = project.CopyTo("src/app");
        Sandbox.Requests.Clear();

        await copy.BuildAsync();
        await copy.PublishAsync();

        AssertNothingSent();
        Assert.That(copy.HashesIn("bin/Release/net10.0/publish/game"), Is.EqualTo(project.GameHashes()).And.Not.Empty);
    }

    [Test]
    public async Task A_store_that_was_deleted_or_damaged_costs_an_up_to_date_project_nothing_and_another_one_a_download()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        var game = project.GameHashes();
        Directory.Delete(Store, recursive: true);
        Sandbox.Requests.Clear();

        Assert.That(await project.TasksOfAsync("build"), Is.Empty);
        AssertNothingSent();
        var other = project.Checkout("checkouts/other");
        await other.BuildAsync();
        Assert.That((ExportsAskedFor, other.GameHashes().SequenceEqual(game)), Is.EqualTo((0, true)));

        var damaged = Directory.GetFiles(Store, "config.json", SearchOption.AllDirectories).First();
        File.Delete(damaged);
        var third = project.Checkout("checkouts/third");
        var repair = await third.RunAsync("build");
        repair.AssertClean();
        Assert.That(repair.Lines, Has.Some.Contains("is damaged; it is fetched again"));
        Assert.That((ExportsAskedFor, third.GameHashes().SequenceEqual(game)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_game_three_folders_deep_is_built_twice()
    {
        foreach (var project in new[] { Console(), Web() })
        {
            project.DownloadsOnBuild().Set("PlayCanvasGamePath", "games/2026/first");
            await project.BuildAsync();

            Assert.That(await project.TasksOfAsync("build"), Is.Empty);
            Assert.That(project.GameFiles("games/2026/first"), Does.Contain("index.html"));
            await project.PublishAsync();
            var published = $"bin/Release/net10.0/publish/{(project.Name == "Site" ? "wwwroot/" : "")}games/2026/first";
            Assert.That(project.HashesIn(published), Is.EqualTo(project.GameHashes("games/2026/first")));
        }
    }

    /// <summary>MSBuild on Linux corrects the separators in <c>bin\</c> and <c>obj\</c> only if the current folder contains these folders.</summary>
    [Test]
    public async Task A_command_in_another_folder_finds_everything_in_its_place()
    {
        var project = Web().DownloadsOnBuild().Save();

        (await RunAsync(Folder, "publish", "Site/Site.csproj")).AssertClean();
        (await RunAsync(Folder, "build", "Site/Site.csproj", "-t:PlayCanvasPack")).AssertClean();

        Assert.That(project.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(project.GameHashes()).And.Not.Empty);
        Assert.That(project.FilesIn("bin/playcanvas"), Has.Count.EqualTo(1));
        Assert.That(Directory.GetDirectories(project.Folder).Select(Path.GetFileName), Is.EquivalentTo(["bin", "obj"]));
    }

    [Test]
    public async Task A_project_that_was_renamed_or_moved_uses_its_game()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        File.Move(project.ProjectFile, project.PathOf("Renamed.csproj"));
        Directory.Move(project.Folder, Path.Combine(Folder, "moved"));

        (await RunAsync(Path.Combine(Folder, "moved"), "build")).AssertClean();

        AssertNothingSent();
        Assert.That(File.Exists(Path.Combine(Folder, "moved", "bin", "Debug", "net10.0", "game", "index.html")));
    }

    [Test]
    public async Task After_git_clean_the_locked_game_comes_back_from_the_store()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", "public");
        await project.BuildAsync();
        project.WithFile(".gitignore", "bin/\nobj/\n");
        await GitRepository.CreateAsync(project.Folder, "v1");
        Sandbox.World.ChangeGame(game => game with { Title = "Another" });
        Sandbox.Requests.Clear();

        await GitRepository.RunAsync(project.Folder, "clean", "--quiet", "-xdf");
        Assert.That(project.FilesIn(".").Where(file => !file.StartsWith(".git/", StringComparison.Ordinal)), Is.EqualTo([".gitignore", "Desk.csproj", "Program.cs", LockFile]));
        await project.BuildAsync();

        AssertNothingSent();
        Assert.That(project.HashesIn("bin/Debug/net10.0/game"), Is.EqualTo(project.GameHashes()).And.Not.Empty);
        Assert.That(project.Has("public/game/index.html"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Creating a link needs a privilege there.")]
    public async Task A_project_behind_a_link_is_the_same_project()
    {
        var project = Web().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        var link = Path.Combine(Folder, "link");
        Directory.CreateSymbolicLink(link, project.Folder);

        (await RunAsync(link, "build")).AssertClean();
        (await RunAsync(link, "publish")).AssertClean();

        AssertNothingSent();
        Assert.That(project.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(project.GameHashes()).And.Not.Empty);
    }

    /// <summary>The library exports nothing for the site: both use one content, which is downloaded once.</summary>
    [Test]
    public async Task A_repository_in_which_every_project_has_the_game_downloads_it_once()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <PlayCanvasProjectId>{World.ProjectId}</PlayCanvasProjectId>
                <PlayCanvasScenes>Main</PlayCanvasScenes>
                <PlayCanvasApiUrl>{Sandbox.ApiUrl}</PlayCanvasApiUrl>
                <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
              </PropertyGroup>
            </Project>
            """);
        var library = Library().Save();
        var site = Web().RefersTo(library);

        await site.PublishAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(site.FilesIn("bin/Release/net10.0/publish/wwwroot/game"), Does.Contain("index.html"));
        Assert.That(site.FilesIn("bin/Release/net10.0/publish/game"), Is.Empty, "The site must not publish a second copy.");
        Assert.That(Sandbox.Requests.Of("GET", "/exports/*").Select(request => request.Path).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("-m:2")]
    [TestCase("-m:2", "-graph")]
    [TestCase("-mt")]
    public async Task Projects_of_one_solution_with_the_same_game_download_it_once(params string[] switches)
    {
        var projects = Enumerable.Range(1, 3).Select(number => Console($"Desk{number}").DownloadsOnBuild().Set("PlayCanvasAppName", "Shared").Save()).ToList();
        await WriteSolutionAsync(projects);
        (await RunAsync(Folder, "restore", "All.slnx")).AssertClean();

        (await RunAsync(Folder, ["build", "All.slnx", "--no-restore", .. switches])).AssertClean();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(projects.Select(project => project.HashesIn("bin/Debug/net10.0/game")), Has.All.EqualTo(projects[0].GameHashes()).And.All.Not.Empty);
    }

    [TestCase("-r", "linux-x64")]
    [TestCase("-graph")]
    [TestCase("-mt")]
    public async Task One_project_is_downloaded_once_however_it_is_built(params string[] switches)
    {
        var project = Web().DownloadsOnBuild().Set("SelfContained", "false").Set("UseAppHost", "false");

        await project.BuildAsync(switches);
        await project.BuildAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(await project.TasksOfAsync(["build", .. switches]), Is.Empty);
    }

    [Test]
    public async Task The_game_of_the_first_edition_below_wwwroot_is_removed_and_another_folder_is_refused()
    {
        var project = Web().DownloadsOnBuild().Save();
        Directory.CreateDirectory(project.PathOf("wwwroot/game/.playcanvas"));
        Directory.CreateDirectory(project.PathOf("wwwroot/game/files"));
        project.WithFile("wwwroot/site.css", "").WithFile("wwwroot/game/index.html", "old").WithFile("wwwroot/game/files/a.txt", "old").WithFile("wwwroot/game/.gitignore", "*")
            .WithFile("wwwroot/game/.playcanvas/.manifest.json", """{ "Files": [["index.html", 3, ""], ["files/a.txt", 3, ""]] }""");

        await project.PublishAsync();

        Assert.That(project.FilesIn("wwwroot"), Is.EqualTo(["site.css"]));
        Assert.That(project.HashesIn("bin/Release/net10.0/publish/wwwroot/game"), Is.EqualTo(project.GameHashes()));
        Assert.That(project.Has("bin/Release/net10.0/publish/wwwroot/site.css"));

        Directory.CreateDirectory(project.PathOf("wwwroot/game"));
        project.WithFile("wwwroot/game/index.html", "the site's own");
        var error = (await project.RunAsync("build", "--no-restore")).AssertFailedWith("PLAYCANVAS4007");
        Assert.That(error.Text, Does.Contain("index.html"));
        Assert.That(project.FilesIn("wwwroot/game"), Is.EqualTo(["index.html"]));
    }

    /// <summary>A mirror repairs what was deleted or changed, and removes only what it wrote.</summary>
    [Test]
    public async Task A_mirror_repairs_itself_and_keeps_other_files()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", "public");
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        var game = project.GameHashes();
        File.Delete(project.PathOf("public/game/index.html"));
        await File.AppendAllTextAsync(project.PathOf("public/game/config.json"), " ");
        File.SetLastWriteTimeUtc(project.PathOf("public/game/config.json"), DateTime.UtcNow.AddSeconds(5));
        project.WithFile("public/game/mine.txt", "mine");

        await project.BuildAsync("--no-restore");

        AssertNothingSent();
        var mirror = project.HashesIn("public/game").Where(file => file.Key is not (".playcanvas" or ".gitignore" or "mine.txt")).ToDictionary();
        Assert.That(mirror, Is.EqualTo(game));
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
        await project.BuildAsync("--no-restore", "-t:PlayCanvasClean");
        Assert.That(project.FilesIn("public"), Is.EqualTo(["game/mine.txt"]));
    }

    private async Task WriteSolutionAsync(IEnumerable<ConsumerProject> projects) => await File.WriteAllTextAsync(Path.Combine(Folder, "All.slnx"), $"""
        <Solution>
        {string.Join('\n', projects.Select(project => $"  <Project Path=\"{project.Name}/{project.Name}.csproj\" />"))}
        </Solution>
        """);
}

using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests that a lock file gives each checkout and each machine the same game, and what a build does when it cannot.</summary>
public sealed class LockFileTests : ConsumerFixture
{
    private const string LockFile = "playcanvas.lock.json";

    [Test]
    public async Task A_first_build_writes_the_entry_and_the_next_one_keeps_it()
    {
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync();

        var text = await File.ReadAllTextAsync(project.PathOf(LockFile));
        var entry = EntryIn(text);
        Assert.That(text, Does.EndWith("}\n").And.Not.Contain("\r").And.Not.Contain("http"));
        Assert.That((int)entry["project"]!, Is.EqualTo(1234567));
        Assert.That((string?)entry["branch"]!["name"], Is.EqualTo("main"));
        Assert.That(entry["scenes"]!.AsArray().Select(scene => (string?)scene!["name"]), Is.EqualTo(["Main", "Level 2"]));
        Assert.That((string?)entry["content"], Does.Match("^[0-9a-f]{64}$").And.StartsWith(Path.GetFileName(project.ContentOf())));
        Assert.That((int)entry["files"]!, Is.EqualTo(project.GameFiles().Count));
        Assert.That(entry["parts"]!.AsObject().Select(part => part.Key), Is.EquivalentTo(["page", "engine", "scripts", "scenes", "assets"]));
        var time = File.GetLastWriteTimeUtc(project.PathOf(LockFile));

        Assert.That(await project.TasksOfAsync("build"), Is.Empty);
        Sandbox.World.ChangeGame(Another);
        Sandbox.World.ChangeGame(_ => PlayCanvas.Sandbox.Game.SpinningBox);
        await project.BuildAsync("--no-restore", "-p:PlayCanvasUpdate=true");

        Assert.That(await File.ReadAllTextAsync(project.PathOf(LockFile)), Is.EqualTo(text));
        Assert.That(File.GetLastWriteTimeUtc(project.PathOf(LockFile)), Is.EqualTo(time), "An entry whose content stays the same is not rewritten.");
    }

    [Test]
    public async Task A_folder_in_its_place_is_an_error()
    {
        var project = Console().DownloadsOnBuild();
        Directory.CreateDirectory(project.PathOf(LockFile));

        var build = await project.RunAsync("build");

        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(build.StandardOutput, Does.Contain("error PLAYCANVAS1029").And.Contain("it is a folder").And.Not.Contain("MSB4184"));
    }

    [Test]
    public async Task A_second_checkout_needs_no_request_and_no_token_and_has_the_same_bytes()
    {
        var first = Console().DownloadsOnBuild();
        await first.BuildAsync();
        Sandbox.World.ChangeGame(Another);
        Sandbox.Requests.Clear();
        Token = null;

        var second = first.Checkout("checkouts/second");
        await second.BuildAsync("-p:PlayCanvasLockedMode=true");

        AssertNothingSent();
        AssertSameGame(second, first);
        Assert.That(second.HashesIn("bin/Debug/net10.0/game"), Is.EqualTo(first.GameHashes()));
        Assert.That(await second.TasksOfAsync("build", "--no-restore"), Is.Empty);
    }

    [Test]
    public async Task A_file_that_changed_in_the_lock_file_is_brought_by_the_next_build()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        var (oldLock, oldGame) = (await File.ReadAllTextAsync(project.PathOf(LockFile)), project.GameHashes());
        Sandbox.World.ChangeGame(Another);
        await project.BuildAsync("-p:PlayCanvasUpdate=true");
        Assert.That(project.GameHashes(), Is.Not.EqualTo(oldGame));
        Sandbox.Requests.Clear();

        // As after `git checkout` of an older commit.
        await File.WriteAllTextAsync(project.PathOf(LockFile), oldLock);
        await project.BuildAsync("--no-restore");

        AssertNothingSent();
        Assert.That(project.GameHashes(), Is.EqualTo(oldGame));
        Assert.That(project.HashesIn("bin/Debug/net10.0/game"), Is.EqualTo(oldGame));
    }

    [TestCase("false")]
    [TestCase("true")]
    public async Task Another_machine_gets_the_locked_game_from_the_record_of_its_build(string lockedMode)
    {
        var first = Console().DownloadsOnBuild();
        await first.BuildAsync();
        Sandbox.World.ChangeGame(Another);
        Sandbox.Requests.Clear();
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        await second.BuildAsync($"-p:PlayCanvasLockedMode={lockedMode}");

        Assert.That(Sandbox.Requests.Select(request => request.Method).Distinct(), Is.EqualTo(["GET"]), "methods of the requests");
        AssertSameGame(second, first);
        Assert.That(await File.ReadAllTextAsync(second.PathOf(LockFile)), Is.EqualTo(await File.ReadAllTextAsync(first.PathOf(LockFile))));
    }

    [Test]
    public async Task Where_the_record_is_refused_the_newest_game_is_installed_with_a_warning()
    {
        var (first, second) = await MoveToMachineWithoutRecordsAsync();

        var result = await second.RunAsync("build");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4016"]));
        Assert.That(result.Warnings[0].Text, Does.Contain("differs from it in: page").And.Contain("The lock file was updated"));
        Assert.That(second.GameHashes(), Is.Not.EqualTo(first.GameHashes()));
        Assert.That((string?)EntryIn(await File.ReadAllTextAsync(second.PathOf(LockFile)))["content"], Does.StartWith(Path.GetFileName(second.ContentOf())));
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(await second.TasksOfAsync("build", "--no-restore"), Is.Empty);
    }

    [Test]
    public async Task Where_the_record_is_refused_locked_mode_is_an_error()
    {
        var (first, second) = await MoveToMachineWithoutRecordsAsync();
        Sandbox.World.AddCheckpoint(PlayCanvas.Sandbox.World.MainBranchId, "A new title");

        var error = (await second.RunAsync("build", "-p:PlayCanvasLockedMode=true")).AssertFailedWith("PLAYCANVAS4015");

        Assert.That(error.Text, Does.Contain("differs from it in: page").And.Contain("PlayCanvasExportSource").And.Contain("cannot be listed (403)"));
        Assert.That(second.GameFiles(), Is.Empty);
        Assert.That(await File.ReadAllTextAsync(second.PathOf(LockFile)), Is.EqualTo(await File.ReadAllTextAsync(first.PathOf(LockFile))));
    }

    [Test]
    public async Task Where_the_record_is_refused_and_the_branch_is_the_same_locked_mode_is_met_by_a_new_export()
    {
        var first = Console().DownloadsOnBuild();
        await first.BuildAsync();
        Sandbox.Options.BuildsRoute = false;
        UseMachine("second");
        var second = first.Checkout("checkouts/second");

        await second.BuildAsync("-p:PlayCanvasLockedMode=true");

        AssertSameGame(second, first);
    }

    [TestCase("CI")]
    [TestCase("ContinuousIntegrationBuild")]
    public async Task In_a_CI_build_a_difference_is_a_warning_and_the_lock_file_stays(string variable)
    {
        var (first, second) = await MoveToMachineWithoutRecordsAsync();
        SetVariable(variable, "true");

        var result = await second.RunAsync("build");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4016"]));
        Assert.That(result.Warnings[0].Text, Does.Contain("The lock file was not changed"));
        Assert.That(await File.ReadAllTextAsync(second.PathOf(LockFile)), Is.EqualTo(await File.ReadAllTextAsync(first.PathOf(LockFile))));
    }

    [Test]
    public async Task A_CI_build_that_may_write_the_lock_file_writes_it()
    {
        SetVariable("CI", "true");
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync("-p:CI=false");

        Assert.That(project.Has(LockFile));
    }

    [Test]
    public async Task In_a_CI_build_without_a_lock_file_none_is_written()
    {
        SetVariable("CI", "true");
        var project = Console().DownloadsOnBuild();

        await project.BuildAsync();
        await project.BuildAsync("--no-restore");

        Assert.That(project.GameFiles(), Does.Contain("index.html"));
        Assert.That(project.Has(LockFile), Is.False);
        Assert.That(ExportsAskedFor, Is.EqualTo(1));
    }

    [Test]
    public async Task An_update_says_what_changed_and_which_checkpoints_led_there()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.World.ChangeGame(Another);
        var checkpoint = Sandbox.World.AddCheckpoint(PlayCanvas.Sandbox.World.MainBranchId, "A new title");

        var result = await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true");

        result.AssertClean();
        Assert.That(result.Lines, Has.Some.Contains("PlayCanvas: game: changed: page").And.Contains($"\"A new title\" ({checkpoint.Id})"));
    }

    [TestCase("PLAYCANVAS1033")]
    [TestCase("PLAYCANVAS1032", "-p:PlayCanvasUpdate=true")]
    [TestCase("PLAYCANVAS1032", "-p:PlayCanvasLockFile=false")]
    public async Task Locked_mode_without_an_entry_or_with_its_opposite_is_an_error(string code, params string[] switches)
    {
        var project = Console().DownloadsOnBuild();

        (await project.RunAsync(["build", "-p:PlayCanvasLockedMode=true", .. switches])).AssertFailedWith(code);

        AssertNothingSent();
        Assert.That(project.Has(LockFile), Is.False);
    }

    [TestCase("<<<<<<< ours\n", "merge conflict")]
    [TestCase("not JSON", "not JSON")]
    [TestCase("""{ "version": 2 }""", "version")]
    public async Task A_lock_file_that_cannot_be_read_is_an_error_with_and_without_locked_mode(string text, string words)
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        var content = project.ContentOf();
        await File.WriteAllTextAsync(project.PathOf(LockFile), text);

        foreach (var lockedMode in new[] { "false", "true" })
        {
            var error = (await project.RunAsync("build", "--no-restore", $"-p:PlayCanvasLockedMode={lockedMode}")).AssertFailedWith("PLAYCANVAS1029");
            Assert.That(error.Text, Does.Contain(words));
        }

        AssertNothingSent();
        Assert.That(project.ContentOf(), Is.EqualTo(content));
        Assert.That(await File.ReadAllTextAsync(project.PathOf(LockFile)), Is.EqualTo(text));
    }

    [Test]
    public async Task Two_projects_of_one_folder_have_their_own_lock_files()
    {
        var project = ConsoleInASharedFolder();
        await AddOtherProjectAsync(project);

        foreach (var name in new[] { "Desk", "Other" })
            (await project.RunAsync("build", $"{name}.csproj")).AssertClean();

        Assert.That(project.FilesIn(".").Where(file => file.EndsWith(".lock.json", StringComparison.Ordinal)), Is.EqualTo(["Desk.playcanvas.lock.json", "Other.playcanvas.lock.json"]));
        Assert.That(
            (string?)EntryIn(await File.ReadAllTextAsync(project.PathOf("Desk.playcanvas.lock.json")))["content"],
            Is.Not.EqualTo((string?)EntryIn(await File.ReadAllTextAsync(project.PathOf("Other.playcanvas.lock.json")))["content"]));
    }

    [Test]
    public async Task A_lock_file_stays_in_use_when_another_project_comes_and_goes()
    {
        var project = ConsoleInASharedFolder();
        (await project.RunAsync("build", "Desk.csproj")).AssertClean();
        var text = await File.ReadAllTextAsync(project.PathOf(LockFile));
        await AddOtherProjectAsync(project);
        Sandbox.World.ChangeGame(Another);
        Sandbox.Requests.Clear();

        (await project.RunAsync("build", "Desk.csproj", "-p:PlayCanvasLockedMode=true")).AssertClean();
        AssertNothingSent();

        // As if both projects had been there from the beginning.
        File.Move(project.PathOf(LockFile), project.PathOf($"Desk.{LockFile}"));
        File.Delete(project.PathOf("Other.csproj"));
        (await project.RunAsync("build", "Desk.csproj", "-p:PlayCanvasLockedMode=true")).AssertClean();
        AssertNothingSent();
        Assert.That(await File.ReadAllTextAsync(project.PathOf($"Desk.{LockFile}")), Is.EqualTo(text));
        Assert.That(project.PathOf(LockFile), Does.Not.Exist);
    }

    [Test]
    public async Task The_lock_file_can_be_elsewhere_or_switched_off()
    {
        var elsewhere = Console("Elsewhere").DownloadsOnBuild().Set("PlayCanvasLockFilePath", "../locks/$(MSBuildProjectName).json");
        Directory.CreateDirectory(Path.Combine(Folder, "locks"));
        var without = Console("Without").DownloadsOnBuild().Set("PlayCanvasLockFile", "false");

        await elsewhere.BuildAsync();
        await without.BuildAsync();

        Assert.That(File.Exists(Path.Combine(Folder, "locks", "Elsewhere.json")));
        Assert.That(elsewhere.Has(LockFile) || without.Has(LockFile), Is.False);
        foreach (var project in new[] { elsewhere, without })
            Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty, project.Name);
    }

    /// <summary>Debug and Release differ in a switch: each has its own entry, in whatever order they are built, also side by side.</summary>
    [TestCase("")]
    [TestCase("-m:2")]
    [TestCase("-mt")]
    public async Task Configurations_with_different_switches_keep_two_entries(string parallel)
    {
        var project = Console().DownloadsOnBuild().Add("""<PropertyGroup Condition="'$(Configuration)' == 'Release'"><PlayCanvasPreloadBundle>true</PlayCanvasPreloadBundle></PropertyGroup>""").Save();
        var all = Path.Combine(Folder, "All.proj");
        await File.WriteAllTextAsync(all, $"""
            <Project>
              <ItemGroup>
                <Built Include="{project.ProjectFile}" AdditionalProperties="Configuration=Debug" />
                <Built Include="{project.ProjectFile}" AdditionalProperties="Configuration=Release" />
              </ItemGroup>
              <Target Name="Build"><MSBuild Projects="@(Built)" BuildInParallel="true" /></Target>
            </Project>
            """);
        (await project.RunAsync("restore")).AssertClean();
        if (parallel.Length > 0)
        {
            (await project.RunAsync("msbuild", "-nologo", all, parallel)).AssertClean();
        }
        else
        {
            await project.BuildAsync("-c", "Debug");
            await project.BuildAsync("-c", "Release");
        }

        Assert.That(ExportsAskedFor, Is.EqualTo(2));
        var text = await File.ReadAllTextAsync(project.PathOf(LockFile));
        var debug = project.HashesIn("bin/Debug/net10.0/game");
        var release = project.HashesIn("bin/Release/net10.0/game");
        Assert.That(debug, Is.Not.Empty.And.Not.EqualTo(release));
        Sandbox.Requests.Clear();
        foreach (var configuration in new[] { "Debug", "Release", "Debug" })
        {
            await project.BuildAsync("--no-restore", "-c", configuration);
            Assert.That(project.HashesIn($"bin/{configuration}/net10.0/game"), Is.EqualTo(configuration == "Debug" ? debug : release), configuration);
        }

        AssertNothingSent();
        Assert.That(await File.ReadAllTextAsync(project.PathOf(LockFile)), Is.EqualTo(text));
    }

    [Test]
    public async Task A_team_gets_the_locked_game_from_the_folder_into_which_it_was_packed()
    {
        var team = Directory.CreateDirectory(Path.Combine(Folder, "team")).FullName;
        var first = Console().DownloadsOnBuild().Set("PlayCanvasExportSource", team);
        await first.BuildAsync();
        var pack = await first.RunAsync("build", "--no-restore", "-t:PlayCanvasPack");
        pack.AssertClean();
        var zip = Directory.GetFiles(team).Single();
        Assert.That(Path.GetFileName(zip), Is.EqualTo((string?)EntryIn(await File.ReadAllTextAsync(first.PathOf(LockFile)))["content"] + ".zip"));
        Sandbox.World.ChangeGame(Another);
        Sandbox.Requests.Clear();
        Token = null;
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        await second.BuildAsync("-p:PlayCanvasLockedMode=true");

        AssertNothingSent();
        AssertSameGame(second, first);
    }

    [Test]
    public async Task A_file_of_the_team_that_holds_another_game_is_not_used()
    {
        var team = Directory.CreateDirectory(Path.Combine(Folder, "team")).FullName;
        var first = Console().DownloadsOnBuild().Set("PlayCanvasExportSource", team);
        await first.BuildAsync();
        await ExportToAsync(Path.Combine(team, (string?)EntryIn(await File.ReadAllTextAsync(first.PathOf(LockFile)))["content"] + ".zip"), "Level 2");
        UseMachine("second");

        var second = first.Checkout("checkouts/second");
        var result = await second.RunAsync("build", "-p:PlayCanvasLockedMode=true");

        result.AssertSucceeded();
        Assert.That(result.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4018"]));
        Assert.That(ExportsAskedFor, Is.Zero, "The record of the build has the game.");
        AssertSameGame(second, first);
    }

    private ConsumerProject ConsoleInASharedFolder() => Console().DownloadsOnBuild().Save().WithFile("Directory.Build.props", """
        <Project>
          <PropertyGroup>
            <BaseIntermediateOutputPath>obj/$(MSBuildProjectName)/</BaseIntermediateOutputPath>
            <DefaultItemExcludes>$(DefaultItemExcludes);obj/**</DefaultItemExcludes>
          </PropertyGroup>
        </Project>
        """);

    /// <summary>Adds the project <c>Other</c>, whose game has other scenes, to the folder of a project.</summary>
    private static async Task AddOtherProjectAsync(ConsumerProject project) => await File.WriteAllTextAsync(
        project.PathOf("Other.csproj"), (await File.ReadAllTextAsync(project.ProjectFile)).Replace("Main;Level 2", "Main", StringComparison.Ordinal));

    private static PlayCanvas.Sandbox.Game Another(PlayCanvas.Sandbox.Game game) => game with { Title = "Another" };

    private static void AssertSameGame(ConsumerProject actual, ConsumerProject expected) =>
        Assert.That(actual.GameHashes(), Is.EqualTo(expected.GameHashes()).And.Not.Empty);

    /// <summary>Returns the only entry of a lock file.</summary>
    private static JsonNode EntryIn(string text) => JsonNode.Parse(text)!["games"]!["game"]!.AsObject().Single().Value!;

    /// <summary>Builds a project, changes the branch, and returns a checkout on another machine whose token may not list builds.</summary>
    private async Task<(ConsumerProject First, ConsumerProject Second)> MoveToMachineWithoutRecordsAsync()
    {
        var first = Console().DownloadsOnBuild();
        await first.BuildAsync();
        Sandbox.World.ChangeGame(Another);
        Sandbox.Options.BuildsRoute = false;
        Sandbox.Requests.Clear();
        UseMachine("second");
        return (first, first.Checkout("checkouts/second"));
    }
}

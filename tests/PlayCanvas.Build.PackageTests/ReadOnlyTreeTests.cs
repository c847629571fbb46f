using System.Diagnostics;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests builds whose source tree is read-only or whose service is unreachable: they end, and use the existing game.</summary>
public sealed class ReadOnlyTreeTests : ConsumerFixture
{
    [Test]
    public async Task A_read_only_source_tree_builds_and_warns_when_its_lock_file_should_change()
    {
        var project = Console().DownloadsOnBuild();
        await File.WriteAllTextAsync(
            Path.Combine(project.Folder, "Directory.Build.props"),
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildProjectDirectory)/../artifacts</ArtifactsPath></PropertyGroup></Project>");
        await project.BuildAsync();
        var lockFile = await File.ReadAllTextAsync(project.PathOf("playcanvas.lock.json"));
        Sandbox.Requests.Clear();

        if (await MountAsync("--bind", project.Folder, project.Folder) is { } reason)
            Assert.Ignore($"This machine does not allow mounts: {reason}");
        try
        {
            Assert.That(await MountAsync("-o", "remount,bind,ro", project.Folder), Is.Null);

            await project.BuildAsync("--no-restore");
            Directory.Delete(Path.Combine(Folder, "artifacts", "obj", project.Name, "playcanvas"), recursive: true);
            await project.BuildAsync("--no-restore");
            AssertNothingSent();

            Sandbox.World.ChangeGame(game => game with { Title = "Another" });
            var update = await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true");
            update.AssertSucceeded();
            Assert.That(update.Warnings.Select(warning => warning.Code), Is.EqualTo(["PLAYCANVAS4020"]));
            Assert.That(await File.ReadAllTextAsync(project.PathOf("playcanvas.lock.json")), Is.EqualTo(lockFile));
        }
        finally
        {
            await RunProgramAsync("umount", project.Folder);
        }
    }

    /// <summary>As in a container that gets the built workspace read-only.</summary>
    [Test]
    public async Task A_read_only_workspace_whose_game_is_up_to_date_is_used()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        Sandbox.Requests.Clear();
        if (await MountAsync("--bind", project.Folder, project.Folder) is { } reason)
            Assert.Ignore($"This machine does not allow mounts: {reason}");
        try
        {
            Assert.That(await MountAsync("-o", "remount,bind,ro", project.Folder), Is.Null);

            (await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp")).AssertClean();
            (await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasVerify=true")).AssertClean();
            (await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasUpdate=true")).AssertFailedWith("PLAYCANVAS4009");
            AssertNothingSent();
        }
        finally
        {
            await RunProgramAsync("umount", project.Folder);
        }
    }

    /// <summary>A build that has reported that it keeps the old game does not wait for an export that an earlier build requested.</summary>
    [Test]
    public async Task Where_the_service_is_out_of_reach_a_pending_export_is_not_waited_for()
    {
        var project = Console().DownloadsOnBuild();
        await project.BuildAsync();
        project.Set("PlayCanvasScenes", "Main").Set("PlayCanvasJobTimeout", "1").Set("PlayCanvasMaxRetries", "0");
        Sandbox.Faults.NextJobs(JobOutcome.Never);
        (await project.RunAsync("build")).AssertFailedWith("PLAYCANVAS3002");
        Sandbox.Requests.Clear();
        Sandbox.Faults.On("GET", "/api/*", Fault.ResetBefore, FaultScript.EveryCall);

        var offline = await project.RunAsync("build", "--no-restore");

        offline.AssertSucceeded();
        Assert.That(offline.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4012"));
        Assert.That(Sandbox.Requests, Has.Count.EqualTo(1), "The job must be looked up once.");
    }

    /// <summary>The working directory of a server stays in the folder of its last build, which could not be unmounted.</summary>
    private protected override bool BuildsInServers => false;

    /// <returns>Null if the program succeeded, otherwise the reason for the failure.</returns>
    private static Task<string?> MountAsync(params string[] arguments) => RunProgramAsync("mount", arguments);

    private static async Task<string?> RunProgramAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
            return "this is not Linux";

        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : error;
    }
}

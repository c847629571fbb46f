using System.Diagnostics;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests builds whose source tree is read-only or whose service is unreachable: they end, and use the existing game.</summary>
public sealed class ReadOnlyTreeTests : ConsumerFixture
{
    [Test]
    public async Task A_read_only_source_tree_with_its_game_builds_and_without_fails()
    {
        var project = Console().DownloadsOnBuild().Set("PlayCanvasDownloadDirectory", "games");
        await File.WriteAllTextAsync(
            Path.Combine(project.Folder, "Directory.Build.props"),
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildProjectDirectory)/../artifacts</ArtifactsPath></PropertyGroup></Project>");
        await project.BuildAsync();
        Sandbox.Requests.Clear();

        if (await MountAsync("--bind", project.Folder, project.Folder) is { } reason)
            Assert.Ignore($"This machine does not allow mounts: {reason}");
        try
        {
            // As in a checkout or an image layer that does not preserve file times.
            File.SetLastWriteTimeUtc(Directory.GetFiles(project.Folder, "index.html", SearchOption.AllDirectories)[0], DateTime.UtcNow.AddSeconds(5));
            Assert.That(await MountAsync("-o", "remount,bind,ro", project.Folder), Is.Null);

            await project.BuildAsync("--no-restore");
            AssertNothingSent();

            (await project.RunAsync("build", "--no-restore", "-p:PlayCanvasUpdate=true")).AssertFailedWith("PLAYCANVAS4009");
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

using System.Diagnostics;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>A mounted file system, which only root on Linux can create. The test is skipped everywhere else.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string path;

    private Mount(string path) => this.path = path;

    /// <summary>Makes a folder and its contents read-only, as in a container that mounts its sources read-only.</summary>
    public static Mount ReadOnly(string folder)
    {
        var mount = Make(folder, "--bind", folder);
        Require(TryRun("mount", "-o", "remount,bind,ro", folder) ?? "", mount);
        return mount;
    }

    /// <summary>Mounts a file system of 16 kB on a folder.</summary>
    public static Mount Tiny(string folder) => Make(folder, "-t", "tmpfs", "-o", "size=16k", "tmpfs");

    public void Dispose() => TryRun("umount", path);

    private static Mount Make(string folder, params string[] arguments)
    {
        Require(TryRun("mount", [.. arguments, folder]) ?? "", null);
        return new Mount(folder);
    }

    private static void Require(string error, Mount? made)
    {
        if (error.Length == 0)
            return;

        made?.Dispose();
        Assert.Ignore($"This machine does not allow mounts: {error.Trim()}");
    }

    /// <returns>Null if the program succeeded, otherwise the reason for the failure.</returns>
    private static string? TryRun(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
            return "this is not Linux";

        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{program}: {error}";
    }
}

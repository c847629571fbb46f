using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>A git repository, for packages that compute a version from its tags.</summary>
internal static class GitRepository
{
    /// <summary>Commits all files in the folder and tags the commit. Ignores the test if git is not installed.</summary>
    public static async Task CreateAsync(string folder, string tag)
    {
        await RunAsync(folder, "init", "--quiet");
        await RunAsync(folder, "add", "--all");
        await RunAsync(folder, "-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgSign=false", "commit", "--quiet", "--message", "First");
        await RunAsync(folder, "-c", "tag.gpgSign=false", "tag", tag);
    }

    /// <summary>Runs git in a folder. Ignores the test if git is not installed.</summary>
    public static async Task RunAsync(string folder, params string[] arguments)
    {
        try
        {
            await Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder).ExecuteBufferedAsync();
        }
        catch (CliWrapException error) when (error.InnerException is Win32Exception)
        {
            Assert.Ignore("git is not installed");
        }
    }
}

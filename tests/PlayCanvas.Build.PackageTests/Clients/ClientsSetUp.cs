using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Clients;

/// <summary>Installs the npm packages listed in <c>package-lock.json</c> once for all tests of this namespace.</summary>
[SetUpFixture]
public sealed class ClientsSetUp
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string? ReasonToSkip;

    /// <summary>The folder that contains the scripts and the packages.</summary>
    internal static string Folder => Path.Combine(TestRun.Current.Root, "clients");

    [OneTimeSetUp]
    public async Task Install()
    {
        Directory.CreateDirectory(Folder);
        var source = new DirectoryInfo(Repository.PathOf("tests/PlayCanvas.Build.PackageTests/Clients"));
        foreach (var file in source.EnumerateFiles().Where(file => file.Extension is ".js" or ".json" or ".npmrc"))
            file.CopyTo(Path.Combine(Folder, file.Name));
        ReasonToSkip = await InstallPackagesAsync();
    }

    [OneTimeTearDown]
    public void CleanUp() => Directory.Delete(Folder, recursive: true);

    /// <summary>Ignores the test if the packages could not be installed.</summary>
    internal static void RequirePackages()
    {
        if (ReasonToSkip is not null)
            Assert.Ignore(ReasonToSkip);
    }

    private static async Task<string?> InstallPackagesAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience);
            var result = await Cli.Wrap(OperatingSystem.IsWindows() ? "npm.cmd" : "npm").WithArguments(["ci", "--no-progress"]).WithWorkingDirectory(Folder)
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(timeout.Token);
            return result.ExitCode == 0 ? null : "npm could not install the packages: " + result.StandardError;
        }
        catch (Win32Exception)
        {
            return "npm is not installed";
        }
        catch (OperationCanceledException)
        {
            return $"npm did not install the packages within {Patience.TotalMinutes} minutes";
        }
    }
}

using System.Runtime.InteropServices;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>
/// Tests projects whose version is computed by a package during the build. NuGet imports such a package after this one or before it, and in
/// both cases the app must be published with the computed version, however the publish is started.
/// </summary>
public sealed class VersionToolTests : ConsumerFixture
{
    private const string ComputedVersion = "3.4.5";

    private IEnumerable<string?> PublishedVersions => Sandbox.World.Apps.Skip(2).Select(app => app.Version);

    [TestCase("MinVer", "6.0.0")]
    [TestCase("Nerdbank.GitVersioning", "3.9.50", Category = LongTests.Category)]
    public async Task PublishesTheVersionThatAPackageComputes(string package, string packageVersion)
    {
        var project = await CommitAsync(Console().PublishesOnPublish(), package, packageVersion);

        await project.PublishAsync();
        await project.PublishAsync("--no-build");
        await project.PublishAsync("-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained");
        await project.BuildAsync("-t:PlayCanvasPublishApp");

        Assert.That(PublishedVersions, Is.EqualTo(Enumerable.Repeat(ComputedVersion, 4)));
    }

    [TestCase("MinVer", "6.0.0")]
    [TestCase("Nerdbank.GitVersioning", "3.9.50", Category = LongTests.Category)]
    public async Task Publishes_the_version_that_a_package_computes_for_several_frameworks(string package, string packageVersion)
    {
        var project = await CommitAsync(
            Library().ForFrameworks("net10.0;netstandard2.0").Unset("ImplicitUsings").Set("LangVersion", "latest").PublishesOnPublish(), package, packageVersion);

        await project.PublishAsync("-f", "net10.0");
        await project.BuildAsync("-t:PlayCanvasPublishApp");

        Assert.That(PublishedVersions, Is.EqualTo(Enumerable.Repeat(ComputedVersion, 2)));
    }

    /// <summary>GitVersion.MsBuild works this way: it does not name a target in a property, and runs before the SDK's targets that need the version.</summary>
    [Test]
    public async Task Publishes_the_version_of_a_target_that_runs_before_the_assemblys_version_is_needed()
    {
        var project = Console().WithGame().Add($"""
            <Target Name="GetVersion" BeforeTargets="GetAssemblyVersion">
              <PropertyGroup>
                <Version>{ComputedVersion}</Version>
              </PropertyGroup>
            </Target>
            """);

        await project.BuildAsync("-t:PlayCanvasPublishApp");

        Assert.That(PublishedVersions, Is.EqualTo([ComputedVersion]));
    }

    private static async Task<ConsumerProject> CommitAsync(ConsumerProject project, string package, string packageVersion)
    {
        project
            .Add($"""<ItemGroup><PackageReference Include="{package}" Version="{packageVersion}" PrivateAssets="all" /></ItemGroup>""")
            .Set("MinVerTagPrefix", "v")
            .WithFile("version.json", $$"""{ "version": "{{ComputedVersion}}", "publicReleaseRefSpec": [".*"] }""")
            .WithFile(".gitignore", "bin/\nobj/\n")
            .Save();
        await GitRepository.CreateAsync(project.Folder, "v" + ComputedVersion);
        return project;
    }
}

using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests that the package does nothing in a project that does not opt in.</summary>
public sealed class InertTests : ConsumerFixture
{
    [Test]
    public async Task Changes_nothing_in_a_console_project_that_does_not_opt_in()
    {
        // WithGame sets all properties of a game: the package still acts only after an opt-in.
        await AssertInertAsync(Console("Bare").WithoutPackage(), Console("Full").WithGame());
    }

    [Test]
    public async Task Changes_nothing_in_a_web_project_that_does_not_opt_in() =>
        await AssertInertAsync(Web("Bare").WithoutPackage(), Web("Full").WithGame());

    [Test]
    public async Task ActsOnlyInTheProjectThatNamesThePackage()
    {
        OptInForAll();
        var library = Library("Parts").WithPackageForAll().Save();
        var program = Console("Desk").WithoutPackage().RefersTo(library);

        await program.PublishAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(1));
        Assert.That(Publishes, Is.Empty);
        Assert.That(library.GameFiles(), Does.Contain("index.html"));
        Assert.That(program.FilesIn("obj/playcanvas"), Is.Empty);
    }

    [Test]
    public async Task Acts_in_a_project_that_allows_what_comes_from_another()
    {
        OptInForAll();
        var library = Library("Parts").WithPackageForAll().Save();
        var program = Console("Desk").WithoutPackage().RefersTo(library)
            .Set("PlayCanvasAllowTransitive", "true")
            // Both games are copied to the folder of the program, so their paths must differ.
            .Set("PlayCanvasGamePath", "desk");

        await program.BuildAsync();

        Assert.That(ExportsAskedFor, Is.EqualTo(1), "Both games are the same.");
        Assert.That(library.GameFiles(), Does.Contain("index.html"));
        Assert.That(program.GameFiles("desk"), Does.Contain("index.html"));
    }

    private async Task AssertInertAsync(ConsumerProject bare, ConsumerProject full)
    {
        foreach (var project in new[] { bare, full })
        {
            await project.BuildAsync();
            await project.PublishAsync("-c", "Debug");
        }

        Assert.That(OutputsOf(full), Is.EqualTo(OutputsOf(bare)).And.Not.Empty);
        foreach (var file in new[] { "deps.json", "runtimeconfig.json" })
        {
            var path = $"bin/Debug/net10.0/publish/{{0}}.{file}";
            Assert.That(await ReadAsync(full, path), Is.EqualTo(await ReadAsync(bare, path)), file);
        }

        AssertNothingSent();
    }

    private static List<string> OutputsOf(ConsumerProject project) =>
        [.. project.FilesIn(".").Where(file => !file.StartsWith("obj/", StringComparison.Ordinal)).Select(file => file.Replace(project.Name, "*", StringComparison.Ordinal))];

    private static async Task<string> ReadAsync(ConsumerProject project, string path) =>
        (await File.ReadAllTextAsync(project.PathOf(string.Format(null, path, project.Name)))).Replace(project.Name, "*", StringComparison.Ordinal);

    private void OptInForAll() => File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), $"""
        <Project>
          <PropertyGroup>
            <PlayCanvasProjectId>1234567</PlayCanvasProjectId>
            <PlayCanvasScenes>Main</PlayCanvasScenes>
            <PlayCanvasApiUrl>{Sandbox.ApiUrl}</PlayCanvasApiUrl>
            <PlayCanvasDownloadOnBuild>true</PlayCanvasDownloadOnBuild>
            <PlayCanvasPublishOnPublish>true</PlayCanvasPublishOnPublish>
          </PropertyGroup>
        </Project>
        """);
}

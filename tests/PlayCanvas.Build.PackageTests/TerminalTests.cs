using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests what people see in a terminal. There, MSBuild's terminal logger shows no messages, but results, and the names of running targets.</summary>
public sealed partial class TerminalTests : ConsumerFixture
{
    private const string Program = "bin/Debug/net10.0/Site.dll";

    [Test]
    public async Task ADownloadAnUpdateAndAPublishEndInALineOfTheirOwn()
    {
        var project = Web().DownloadsOnBuild().PublishesOnPublish().Set("Version", "1.2.0");

        var first = await SeeAsync(project, "build");
        Sandbox.World.ChangeGame(game => game.With("level data (1).json", "changed"));
        var update = await SeeAsync(project, "build", "-p:PlayCanvasUpdate=true");
        var upToDate = await SeeAsync(project, "build");
        var publish = await SeeAsync(project, "publish");
        var second = await SeeAsync(project, "publish");

        Assert.That(first.Results.Select(Sizes), Is.EqualTo(["Site net10.0 -> game: # files added, # kB moved", $"Site net10.0 -> {Program}"]));
        Assert.That(update.Results.Select(Sizes), Is.EqualTo(["Site net10.0 -> game: 1 file changed, 1 added, 1 removed, # kB moved", $"Site net10.0 -> {Program}"]));
        Assert.That(upToDate.Results, Is.EqualTo([$"Site net10.0 -> {Program}"]));
        var apps = Sandbox.World.Apps.TakeLast(2).ToList();
        Assert.That(publish.Results, Is.EqualTo([$"Site net10.0 -> {apps[0].Url} (version 1.2.0, app {apps[0].Id})", "Site net10.0 -> bin/Release/net10.0/publish/"]));
        Assert.That(publish.Links, Does.Contain(apps[0].Url!.TrimEnd('/')));
        Assert.That(second.Results[0], Is.EqualTo($"Site net10.0 -> {apps[1].Url} (version 1.2.0 a second time, app {apps[1].Id})"));
    }

    [Test]
    public async Task RunningTargetsHaveNamesThatSayWhatHappens()
    {
        Sandbox.Options.JobDuration = TimeSpan.FromSeconds(1);
        var project = Web().DownloadsOnBuild().PublishesOnPublish();

        var build = await SeeAsync(project, "publish");

        Assert.That(build.Targets, Does.Contain("PlayCanvas exports the game").And.Contain("PlayCanvas publishes the app"), string.Join("\n", build.Targets));
    }

    /// <summary>The window is longer than a busy machine takes to start the second build.</summary>
    [Test, Category(LongTests.Category)]
    public async Task AWaitForTheRateLimitIsShown()
    {
        (Sandbox.Options.StrictLimit, Sandbox.Options.RateLimitWindow) = (1, TimeSpan.FromSeconds(30));
        var project = Web().DownloadsOnBuild();
        await project.BuildAsync("-t:PlayCanvasDownloadApp");

        var update = await SeeAsync(project, "build", "-t:PlayCanvasDownloadApp", "--no-restore", "-p:PlayCanvasUpdate=true");

        Assert.That(update.Targets, Does.Contain("The PlayCanvas rate limit is used up"), string.Join("\n", update.Targets));
        Assert.That(update.Results.Select(Sizes), Is.EqualTo(["Site net10.0 -> game: unchanged, # kB moved"]));
    }

    [Test, Category(LongTests.Category)]
    public async Task APublishThatWaitsForTheRateLimitSaysSo()
    {
        (Sandbox.Options.StrictLimit, Sandbox.Options.RateLimitWindow) = (1, TimeSpan.FromSeconds(30));
        var project = Console().PublishesOnPublish();
        await project.BuildAsync("-t:PlayCanvasPublishApp");

        var publish = await SeeAsync(project, "build", "-t:PlayCanvasPublishApp", "--no-restore");

        Assert.That(publish.Targets, Does.Contain("The build waits for the rate limit"), string.Join("\n", publish.Targets));
        Assert.That(publish.Results.Single(), Does.Contain("a second time"));
    }

    [Test]
    public async Task ALockedGameThatIsHereIsToldToo()
    {
        var project = Web().DownloadsOnBuild();
        await project.BuildAsync();

        var clone = await SeeAsync(project.Checkout("clone"), "build");

        Assert.That(clone.Results.Select(Sizes), Is.EqualTo(["Site net10.0 -> game: # files, # kB, nothing moved", $"Site net10.0 -> {Program}"]));
    }

    [Test]
    public async Task TheGamesOfAllFrameworksAreOneResult()
    {
        var project = Library().DownloadsOnBuild().Set("LangVersion", "latest").Unset("ImplicitUsings").ForFrameworks("net10.0;netstandard2.0").Add("""
            <ItemGroup>
              <PlayCanvasGame Include="first" Scenes="Main" AppName="First" />
              <PlayCanvasGame Include="second" Scenes="Level 2" AppName="Second" />
            </ItemGroup>
            """);

        var build = await SeeAsync(project, "build");

        Assert.That(build.Results.Where(line => line.Contains("moved", StringComparison.Ordinal)).Select(Sizes), Is.EqualTo(["Parts -> first: # files added, # kB moved; second: # files added, # kB moved"]));
        Assert.That(build.Results, Has.Count.EqualTo(3));
    }

    private static async Task<TerminalOutput> SeeAsync(ConsumerProject project, params string[] arguments)
    {
        var result = await project.RunAsync([.. arguments, TerminalOutput.Switch]);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return new TerminalOutput(result);
    }

    /// <summary>Replaces the numbers that depend on the sandbox's game.</summary>
    private static string Sizes(string line) => Size().Replace(line, "#");

    [GeneratedRegex(@"[\d.]+(?= (files|kB))", RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}

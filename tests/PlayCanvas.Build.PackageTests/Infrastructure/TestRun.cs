using System.Globalization;
using System.Reflection;
using System.Xml.Linq;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>
/// The resources that all tests of a run share: a temporary folder that no settings of the machine affect, and in it a feed with the package.
/// The version of the package is unique to the run, so that no test can use a stale package.
/// </summary>
internal sealed class TestRun : IDisposable
{
    private static readonly string[] ReferencePackages = ["netstandard.library", "microsoft.netcore.platforms", "minver", "nerdbank.gitversioning"];
    private static readonly string[] OwnSettings = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "NUGET_PACKAGES"];

    /// <summary>The package would mistake the CI run of these tests for a CI run of the projects that the tests build if these variables were set.</summary>
    private static readonly string[] CiSigns = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "BITBUCKET_BUILD_NUMBER", "BUILDKITE", "JENKINS_URL"];

    private TestRun(string id)
    {
        // The path has a space and a non-ASCII character because the paths of users have them.
        Root = Path.Combine(Path.GetTempPath(), "PlayCanvas.Build tests ü", id);
        PackageVersion = $"0.0.0-test.{id}";
        Servers = new BuildServers(id);
    }

    public static TestRun Current { get; private set; } = null!;

    public string Root { get; }

    public string PackageVersion { get; }

    /// <summary>The processes in which the builds of the run take place.</summary>
    public BuildServers Servers { get; }

    public string Feed => Path.Combine(Root, "feed");

    public string PackagePath => Path.Combine(Feed, $"PlayCanvas.Build.{PackageVersion}.nupkg");

    /// <summary>The home folder of the run. Builds keep the rate limits that they share there.</summary>
    public string Home => Path.Combine(Root, "home");

    /// <summary>The environment of projects that use the package.</summary>
    public Dictionary<string, string?> ConsumerEnvironment => new(CiSigns.Select(sign => KeyValuePair.Create(sign, (string?)null)))
    {
        ["HOME"] = Home,
        ["USERPROFILE"] = Home,
        ["XDG_DATA_HOME"] = Path.Combine(Home, "data"),
        ["LOCALAPPDATA"] = Path.Combine(Home, "data"),
        ["APPDATA"] = Path.Combine(Home, "roaming"),
        ["NUGET_PACKAGES"] = Path.Combine(Root, "packages"),
        ["LC_ALL"] = Environment.GetEnvironmentVariable("CONSUMER_LOCALE"),
    };

    public static async Task StartAsync()
    {
        var time = DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        Current = new TestRun($"{time}.p{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        Current.WriteBarrier();
        await Current.PackAsync(Current.Feed);
    }

    /// <summary>Packs the package as for a release, without changing files that other builds of the repository use.</summary>
    public async Task PackAsync(string feed)
    {
        var artifacts = Path.Combine(Root, "artifacts");
        if (Directory.Exists(artifacts))
            Directory.Delete(artifacts, recursive: true);
        var result = await DotnetCli.RunAsync(
            Repository.Root,
            PackEnvironment,
            "pack", "src/PlayCanvas.Build", "-c", "Release", "--artifacts-path", artifacts, $"-p:Version={PackageVersion}", "-p:RunAnalyzers=false", "-o", feed);
        result.AssertClean();
        Directory.Delete(artifacts, recursive: true);
    }

    /// <summary>Deletes everything except the folders of failed tests.</summary>
    public void Dispose()
    {
        Servers.End();
        foreach (var folder in new[] { Feed, Home, Path.Combine(Root, "packages"), Path.Combine(Root, "artifacts") }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        if (Directory.EnumerateDirectories(Root).Any())
            return;

        Directory.Delete(Root, recursive: true);
    }

    /// <summary>The environment for packing: the package itself is restored from the machine's own sources.</summary>
    private static Dictionary<string, string?> PackEnvironment => OwnSettings.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    /// <summary>Lets projects in this folder also restore from the machine's own sources, for kinds of projects that need packages in addition to the SDK.</summary>
    public static async Task AddOwnSourcesAsync(string folder)
    {
        var list = await DotnetCli.RunAsync(Repository.Root, PackEnvironment, "nuget", "list", "source", "--format", "short");
        list.AssertSucceeded();
        var sources = list.Lines.Where(line => line.StartsWith("E ", StringComparison.Ordinal)).Select((line, i) => new XElement("add", new XAttribute("key", $"own{i}"), new XAttribute("value", line[2..])));
        new XElement(
            "configuration",
            new XElement("packageSources", sources),
            new XElement("fallbackPackageFolders", new XElement("add", new XAttribute("key", "own"), new XAttribute("value", OwnPackages)))).Save(Path.Combine(folder, "nuget.config"));
    }

    /// <summary>The folder in which the machine keeps the packages with which these tests were built.</summary>
    private static string OwnPackages => typeof(TestRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    /// <summary>Writes files that stop every search in parent folders, and a feed that contains only the packages that consumers need.</summary>
    private void WriteBarrier()
    {
        foreach (var folder in new[] { Feed, Home })
            Directory.CreateDirectory(folder);
        // Analyzers would take longer than the tested builds.
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers></PropertyGroup></Project>\n");
        foreach (var file in new[] { "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(Root, file), "<Project />\n");
        File.WriteAllText(Path.Combine(Root, ".editorconfig"), "root = true\n");
        File.WriteAllText(Path.Combine(Root, "nuget.config"), """
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
              </fallbackPackageFolders>
              <disabledPackageSources>
                <clear />
              </disabledPackageSources>
            </configuration>
            """);

        foreach (var package in ReferencePackages.SelectMany(name => Directory.EnumerateFiles(Path.Combine(OwnPackages, name), "*.nupkg", SearchOption.AllDirectories)))
            File.Copy(package, Path.Combine(Feed, Path.GetFileName(package)));
    }
}

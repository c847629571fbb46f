using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.State;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games;

/// <summary>Base of the tests of an installed game. Each test has its own game folder, inside the folder of its project.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class GameFixture
{
    private protected const string Parameters = "ProjectId=1\nScenes=Main";

    private protected static readonly DateTime InstallTime = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private protected TemporaryFolder Root { get; private set; } = null!;

    private protected GameFolder Folder { get; private set; } = null!;

    /// <summary>Called with the mismatches between an installed export and its own description of its files.</summary>
    private protected Action<IReadOnlyList<string>> OnProblems { get; set; } = _ => { };

    private protected string ProjectFile => Root.File("Site.csproj");

    [SetUp]
    public void MakeFolder()
    {
        Root = new TemporaryFolder();
        Root.Write("Site.csproj", "<Project />");
        Folder = new GameFolder(Root.File("wwwroot/game"));
        Folder.Claim(ProjectFile);
    }

    [TearDown]
    public void RemoveFolder() => Root.Dispose();

    private protected InstallResult Install(SampleGame game, ExportExpectation? expected = null) => Install(game.ToZip(), expected);

    private protected InstallResult Install(byte[] zip, ExportExpectation? expected = null, bool thorough = false, CancellationToken cancellationToken = default)
    {
        using var source = new MemoryByteSource(zip);
        return new GameInstaller(Folder, thorough, (_, _) => { }, OnProblems, cancellationToken).Install(source, expected ?? new ExportExpectation { Parameters = Parameters, BuildParameters = Parameters });
    }

    /// <summary>Installs a game and gives all its files an old time, so that files written later can be distinguished from them.</summary>
    private protected void InstallLongAgo(SampleGame game)
    {
        Install(game);
        foreach (var path in GameFiles().Keys)
            File.SetLastWriteTimeUtc(Folder.PathOf(path), InstallTime);
    }

    /// <summary>Returns the files that were written since <see cref="InstallLongAgo"/>.</summary>
    private protected IEnumerable<string> WrittenFiles() =>
        GameFiles().Keys.Where(path => File.GetLastWriteTimeUtc(Folder.PathOf(path)) != InstallTime).Order(StringComparer.Ordinal);

    /// <summary>Returns all files in the folder except for the state of the package, with their content.</summary>
    private protected Dictionary<string, string> GameFiles() =>
        Directory.EnumerateFiles(Folder.FullPath, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder.FullPath, path).Replace('\\', '/'))
            .Where(path => path != ".gitignore" && !path.StartsWith(".playcanvas/", StringComparison.Ordinal))
            .ToDictionary(path => path, path => File.ReadAllText(Folder.PathOf(path)));

    private protected static Dictionary<string, string> TextsOf(SampleGame game) =>
        game.AllFiles().ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));

    private protected void AssertInstalled(SampleGame game)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(GameFiles(), Is.EquivalentTo(TextsOf(game)));
            Assert.That(new InstalledGame(Folder).IsCurrent(Parameters, thorough: true), Is.True);
            Assert.That(File.ReadAllText(Folder.FileListPath), Is.EqualTo(MSBuildItemList.Write(GameManifest.TryRead(Folder.ManifestPath)!.Files.Select(file => file.Path))));
            AssertTidy();
        }
    }

    /// <summary>Asserts that an install leaves only the necessary state files.</summary>
    private protected void AssertTidy() =>
        Assert.That(
            Directory.EnumerateFileSystemEntries(Folder.StatePath).Select(Path.GetFileName),
            Is.SubsetOf([".manifest.json", ".files.txt", ".parameters.txt", ".exported.txt", ".problems.txt", ".owner.txt", ".lock"]));
}

using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games;

/// <summary>Base of the tests of contents. Each test has its own store.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class GameFixture
{
    private protected const string Parameters = "ProjectId=1\nScenes=Main";

    /// <summary>The key of the export that the tests install.</summary>
    private protected const string Key = "export-1";
    private protected const string Project = "project";

    private protected static readonly DateTime LongAgo = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private protected TemporaryFolder Root { get; private set; } = null!;

    private protected GameStore Store { get; private set; } = null!;

    /// <summary>The contents that have been installed, the newest one first. Later contents link their files.</summary>
    private protected List<GameContent> Bases { get; } = [];

    /// <summary>Called with the mismatches between an export and its own description of its files.</summary>
    private protected Action<IReadOnlyList<string>> OnProblems { get; set; } = _ => { };

    [SetUp]
    public void MakeStore()
    {
        Root = new TemporaryFolder();
        Store = MakeStore("store");
    }

    [TearDown]
    public void RemoveFolder() => Root.Dispose();

    private protected GameStore MakeStore(string name) => new(Root.File(name), Locks.Patient);

    private protected GameContent Install(SampleGame game, ExportExpectation? expected = null) => Install(game.ToZip(), expected);

    private protected GameContent Install(byte[] zip, ExportExpectation? expected = null, CancellationToken cancellationToken = default)
    {
        using var source = new MemoryByteSource(zip);
        var content = new ContentInstaller(Store, Key, [.. Bases], (_, _) => { }, OnProblems, cancellationToken).Install(source, expected ?? new ExportExpectation()).Content;
        Bases.Insert(0, content);
        return content;
    }

    /// <summary>Asserts that a content has exactly the files of a game, unadapted, and that nothing else is left in the store.</summary>
    private protected void AssertHolds(GameContent content, SampleGame game)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FilesIn(content), Is.EquivalentTo(TextsOf(game)));
            AssertIsWhole(content);
            AssertTidy();
        }
    }

    /// <summary>Asserts that the store has a content, and that its bytes are those of its manifest.</summary>
    private protected void AssertIsWhole(GameContent content)
    {
        var stored = Store.Find(content.Manifest.ContentId);
        Assert.That(stored, Is.Not.Null);
        Assert.That(stored!.IsIntact(thorough: true, CancellationToken.None), Is.True);
        Assert.That(FilesIn(stored).Keys, Is.EquivalentTo(stored.Manifest.Files.Select(file => file.Path)));
    }

    /// <summary>Asserts that nothing that was being prepared is left.</summary>
    private protected void AssertTidy() => Assert.That(Leftovers(), Is.Empty);

    /// <summary>Returns what is being prepared, or was left by an interrupted run.</summary>
    private protected IEnumerable<string> Leftovers() => Directory.Exists(Root.File("store/v1/.temporary"))
        ? Directory.EnumerateFileSystemEntries(Root.File("store/v1/.temporary"), "*", SearchOption.AllDirectories)
        : [];

    /// <summary>Returns the ids of the contents of the store.</summary>
    private protected IReadOnlyList<string> Contents() => Directory.Exists(Root.File("store/v1"))
        ? [.. Directory.EnumerateDirectories(Root.File("store/v1")).Select(folder => Path.GetFileName(folder)!).Where(ContentId.IsValid)]
        : [];

    /// <summary>Returns all files in the folder of a content of the store, with their text. A file of the content has its path as its name.</summary>
    private protected static Dictionary<string, string> FilesIn(GameContent content)
    {
        var paths = content.Manifest.Files.ToDictionary(file => Path.GetRelativePath(content.Directory, content.PathOf(file)), file => file.Path);
        return FilesIn(content.Directory).ToDictionary(file => paths.GetValueOrDefault(file.Key, file.Key), file => file.Value);
    }

    /// <summary>Returns all files in a folder, with their text.</summary>
    private protected static Dictionary<string, string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText);

    private protected static Dictionary<string, string> TextsOf(SampleGame game) =>
        game.AllFiles().ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));

    /// <summary>Changes a file in place, with all of its names, although it is read-only.</summary>
    private protected static void Damage(string path, string text)
    {
        File.SetAttributes(path, FileAttributes.Normal);
        File.WriteAllText(path, text);
    }
}

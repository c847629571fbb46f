using System.Runtime.Versioning;
using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Store;

public sealed class GameStoreTests : GameFixture
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void AContentThatIsNotThereIsNotFound()
    {
        Assert.That(Store.Find(new string('a', 64)), Is.Null);
        Assert.That(Root.File("store"), Does.Not.Exist, "A look creates nothing.");
    }

    [Test]
    public void AContentIsFoundByItsId()
    {
        var added = Install(new SampleGame());
        var found = MakeStore("store").Find(added.Manifest.ContentId)!;
        Assert.That((found.Directory, found.Manifest.ToJson()), Is.EqualTo((added.Directory, added.Manifest.ToJson())));
        Assert.That(found.Directory, Is.EqualTo(Root.File("store", "v1", added.Manifest.ContentId, AdaptationId.Current, "files")));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "On Windows, the folder inherits its permissions from the user's profile.")]
    public void TheStoreIsPrivateAndItsFilesAreReadOnly()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2/Armature|Run.glb", "running");

        var content = Install(game);

        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.That(File.GetUnixFileMode(Root.File("store")), Is.EqualTo(Private));
        Assert.That(File.GetUnixFileMode(Path.GetDirectoryName(content.Directory)!), Is.EqualTo(Private));
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(content.Directory)!, "*", SearchOption.AllDirectories).ToList();
        Assert.That(files, Has.Count.EqualTo(game.AllFiles().Count + 2), "The manifest, and the exported form of the configuration");
        Assert.That(files.Select(file => File.GetUnixFileMode(file) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)), Has.All.EqualTo(UnixFileMode.None));
    }

    [Test]
    public void AContentThatIsAddedAgainIsTheOneThatIsThere()
    {
        var content = Install(new SampleGame());
        var prepared = Store.Prepare("other");
        Copy(content, prepared);

        var again = Store.Add("other", content.Manifest);

        Assert.That(again.Directory, Is.EqualTo(content.Directory));
        AssertHolds(content, new SampleGame());
    }

    [Test]
    public void BuildsThatAddTheSameContentAtOnceAllGetIt()
    {
        for (var round = 0; round < 10; round++)
        {
            var store = MakeStore($"together{round}");
            var zip = new SampleGame().ToZip();

            var contents = new GameContent[4];
            Parallel.For(0, contents.Length, number =>
            {
                using var source = new MemoryByteSource(zip);
                var key = $"export-{number}";
                using (store.Lock(key, CancellationToken.None))
                    contents[number] = new ContentInstaller(store, key, [], (_, _) => { }, _ => { }, CancellationToken.None).Install(source, new()).Content;
            });

            Assert.That(contents.Select(content => content.Directory).Distinct(), Has.Exactly(1).Items);
            Assert.That(contents[0].IsIntact(thorough: true, CancellationToken.None), Is.True);
            Assert.That(Directory.EnumerateFileSystemEntries(Root.File($"together{round}", "v1", ".temporary")), Is.Empty);
        }
    }

    [Test]
    public void WhatIsBeingPreparedIsThereForTheNextBuild()
    {
        var first = Store.Prepare(Key);
        Directory.CreateDirectory(first.Directory);
        File.WriteAllText(first.PathOf("index.html"), "half");

        var second = MakeStore("store").Prepare(Key);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(File.ReadAllText(second.PathOf("index.html")), Is.EqualTo("half"));
    }

    [Test]
    public void WhatIsDiscardedIsGone()
    {
        var prepared = Store.Prepare(Key);
        Directory.CreateDirectory(prepared.Directory);
        File.WriteAllText(prepared.PathOf("index.html"), "half");
        File.WriteAllText(prepared.Download, "zip");

        Store.Discard(Key);

        AssertTidy();
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase(null)]
    public void AContentWithoutAManifestIsNotThereAndIsMadeAgain(string? manifest)
    {
        var content = Install(new SampleGame());
        File.Delete(content.ManifestPath);
        if (manifest is not null)
            File.WriteAllText(content.ManifestPath, manifest);
        Bases.Clear();

        Assert.That(Store.Find(content.Manifest.ContentId), Is.Null);
        AssertHolds(Install(new SampleGame()), new SampleGame());
    }

    [Test]
    public void AManifestOfAnotherContentIsNotBelieved()
    {
        var content = Install(new SampleGame());
        var other = new string('a', 64);
        Directory.CreateDirectory(Root.File("store", "v1", other, AdaptationId.Current));
        File.Copy(content.ManifestPath, Root.File("store", "v1", other, AdaptationId.Current, "manifest.json"));

        Assert.That(Store.Find(other), Is.Null);
    }

    [Test]
    public void AContentThatIsRemovedIsGone()
    {
        var content = Install(new SampleGame());
        Store.Remove(content.Manifest.ContentId);
        Assert.That(Contents(), Is.Empty);
        AssertTidy();
        Assert.That(() => Store.Remove(content.Manifest.ContentId), Throws.Nothing);
    }

    [Test]
    public void AContentThatNobodyUsedForLongIsRemoved()
    {
        var (old, used) = (Install(new SampleGame()), Install(SampleGame.Updated()));
        SetUsed(old, Now.AddDays(-31));
        SetUsed(used, Now.AddDays(-29));

        Assert.That(Store.Sweep(Now, days: 30), Is.EqualTo(1));

        Assert.That(Contents(), Is.EqualTo([used.Manifest.ContentId]));
        AssertHolds(used, SampleGame.Updated());
    }

    [Test]
    public void AContentThatIsUsedAgainStays()
    {
        var content = Install(new SampleGame());
        SetUsed(content, DateTimeOffset.UtcNow.AddDays(-100));

        Store.Touch(content.Manifest.ContentId);

        Assert.That(Store.Sweep(DateTimeOffset.UtcNow, days: 30), Is.Zero);
        Assert.That(Contents(), Has.Count.EqualTo(1));
    }

    [Test]
    public void AContentThatAnotherBuildWorksOnStays()
    {
        var content = Install(new SampleGame());
        SetUsed(content, Now.AddDays(-31));
        using (Store.Lock(content.Manifest.ContentId, CancellationToken.None))
        {
            Assert.That(Store.Sweep(Now, days: 30), Is.Zero);
            AssertHolds(content, new SampleGame());
        }

        Assert.That(Store.Sweep(Now, days: 30), Is.EqualTo(1));
        Assert.That(Contents(), Is.Empty);
    }

    [Test]
    public void WhatAKilledBuildLeftIsRemovedAfterADay()
    {
        Install(new SampleGame());
        foreach (var (key, age) in new[] { ("export-old", 2.0), ("export-new", 0.5), ("export-held", 2.0) })
        {
            var prepared = Store.Prepare(key);
            Directory.CreateDirectory(prepared.Directory);
            File.WriteAllText(prepared.Download, "half");
            File.SetLastWriteTimeUtc(prepared.Download, Now.UtcDateTime.AddDays(-age));
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(prepared.Directory)!, Now.UtcDateTime.AddDays(-age));
        }

        using (Store.Lock("export-held", CancellationToken.None))
            Store.Sweep(Now, days: 30);

        Assert.That(
            Directory.EnumerateFileSystemEntries(Root.File("store", "v1", ".temporary")).Select(Path.GetFileName),
            Is.EquivalentTo(["export-new", "export-new.zip", "export-held", "export-held.zip"]));
    }

    [Test]
    public void OldRecordsOfExportsAndOldCompressedFilesAreRemoved()
    {
        Install(new SampleGame());
        string[] paths = [Store.ExportRecordPath("old"), Store.ExportRecordPath("new"), Store.CompressedPath("aa") + ".br", Store.CompressedPath("bb") + ".br"];
        for (var i = 0; i < paths.Length; i++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(paths[i])!);
            File.WriteAllText(paths[i], "");
            File.SetLastWriteTimeUtc(paths[i], Now.UtcDateTime.AddDays(i % 2 == 0 ? -31 : -29));
        }

        Store.Sweep(Now, days: 30);

        Assert.That(paths.Select(File.Exists), Is.EqualTo([false, true, false, true]));
    }

    [Test]
    public void OtherFilesInTheStoreStay()
    {
        Install(new SampleGame());
        Root.Write("store/notes.txt", "mine");
        Root.Write("store/v1/notes/mine.txt", "mine");
        Root.Write("store/v0/old.txt", "of another version");

        Store.Sweep(DateTimeOffset.UtcNow.AddYears(10), days: 1);

        Assert.That(FilesIn(Root.File("store")).Keys, Is.SupersetOf(["notes.txt", "v1/notes/mine.txt", "v0/old.txt"]));
    }

    [Test]
    public void A_store_that_cannot_be_written_says_so_when_it_is_checked()
    {
        Root.Write("file", "not a folder");
        Assert.That(() => MakeStore("file").CheckIsWritable(), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());

        using var mount = Mount.ReadOnly(Root.FullPath);
        Assert.That(() => MakeStore("store").CheckIsWritable(), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public void ACheckLeavesNothing()
    {
        Store.CheckIsWritable();
        Assert.That(FilesIn(Root.File("store")), Is.Empty);
    }

    private void SetUsed(GameContent content, DateTimeOffset time) =>
        File.SetLastWriteTimeUtc(Root.File("store", "v1", content.Manifest.ContentId, "used"), time.UtcDateTime);

    private static void Copy(GameContent content, PreparedContent prepared)
    {
        foreach (var file in content.Manifest.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(prepared.PathOf(file.Path))!);
            File.Copy(content.PathOf(file), prepared.PathOf(file.Path));
        }
    }
}

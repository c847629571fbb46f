using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Writing_replaces_the_old_content_and_leaves_nothing_beside()
    {
        var path = folder.Write("file.txt", "old and longer");
        AtomicFile.Write(path, "new");
        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
        Assert.That(Directory.EnumerateFiles(folder.FullPath), Has.Exactly(1).Items);
    }

    [Test]
    public void A_temporary_file_of_a_killed_build_is_overwritten()
    {
        var path = folder.File("file.txt");
        folder.Write("file.txt" + AtomicFile.TemporaryExtension, "left over and longer");
        AtomicFile.Write(path, "new");
        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
        Assert.That(Directory.EnumerateFiles(folder.FullPath), Has.Exactly(1).Items);
    }

    [TestCase("same", true)]
    [TestCase("other", false)]
    public void Equal_content_is_not_written_again(string content, bool isKept)
    {
        var path = folder.Write("file.txt", content);
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        AtomicFile.WriteWhenDifferent(path, "same");
        Assert.That(File.GetLastWriteTimeUtc(path) == time, Is.EqualTo(isKept));
        Assert.That(File.ReadAllText(path), Is.EqualTo("same"));
    }
}

using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports.Zip;

[Parallelizable(ParallelScope.All)]
public sealed class ZipReadingTests
{
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["index.html"] = Zips.Bytes("<!doctype html>"),
        ["empty.txt"] = [],
        ["files/assets/1/1/größe 日本 😀.json"] = Zips.Bytes("""{"a":1}"""),
        ["large.bin"] = Noise(300_000),
        ["zeros.bin"] = new byte[200_000],
    };

    [TestCase(CompressionLevel.Optimal)]
    [TestCase(CompressionLevel.Fastest)]
    [TestCase(CompressionLevel.NoCompression)]
    public void EveryFileComesOutAsItWentIn(CompressionLevel level) =>
        Assert.That(Zips.ReadAll(Zips.Pack(Files, level)), Is.EquivalentTo(Files));

    [Test]
    public void AnArchiveWithoutDescriptorsIsRead()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.txt").Open();
            entry.Write("seekable"u8);
        }

        Assert.That(Zips.ReadAll(bytes.ToArray())["a.txt"], Is.EqualTo("seekable"u8.ToArray()));
    }

    [Test]
    public void StoredEntriesAreRead()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt", "as it is") { Method = 0 });
        Assert.That(Encoding.UTF8.GetString(Zips.ReadAll(zip.ToArray())["a.txt"]), Is.EqualTo("as it is"));
    }

    [Test]
    public void AnArchiveWithNoEntriesHasNone() => Assert.That(Zips.ReadAll(Zips.Pack([])), Is.Empty);

    [Test]
    public void ACommentBehindTheDirectoryIsPassedOver() =>
        Assert.That(Zips.ReadAll(Zips.Pack(Files, comment: new string('c', 5_000))), Has.Count.EqualTo(Files.Count));

    [Test]
    public void TheLongestCommentIsPassedOver()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { Comment = new string('c', 65_535) };
        Assert.That(Zips.ReadAll(zip.ToArray()), Contains.Key("a.txt"));
    }

    [Test]
    public void FoldersAreNoFiles()
    {
        var zip = new HandMadeZip(new HandMadeEntry("folder/", ""), new HandMadeEntry("folder/a.txt"));
        Assert.That(Zips.ReadAll(zip.ToArray()).Keys, Is.EqualTo(["folder/a.txt"]));
    }

    [Test]
    public void AZip64DirectoryIsFound()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt"), new HandMadeEntry("b.txt")) { IsZip64 = true };
        Assert.That(Zips.ReadAll(zip.ToArray()).Keys, Is.EqualTo(["a.txt", "b.txt"]));
    }

    [Test]
    public void SizesAndOffsetInAZip64FieldAreRead()
    {
        var zip = new HandMadeZip(new HandMadeEntry("before.txt"), new HandMadeEntry("a.txt", "sixty-four") { IsZip64 = true });
        Assert.That(Encoding.UTF8.GetString(Zips.ReadAll(zip.ToArray())["a.txt"]), Is.EqualTo("sixty-four"));
    }

    [Test]
    public void AnEntryTellsWhatTheDirectorySays()
    {
        var zip = new HandMadeZip(new HandMadeEntry("first.txt"), new HandMadeEntry("a.txt", "123456789") { Method = 0 }, new HandMadeEntry("last.txt")).ToArray();
        using var source = new MemoryByteSource(zip);
        var (first, entry, last) = Zips.Directory(source) is [var one, var two, var three] ? (one, two, three) : throw new InvalidOperationException("three entries");
        Assert.That(entry, Is.EqualTo(new ZipEntry("a.txt", 0xCBF43926, 9, 9, entry.HeaderOffset, IsDeflated: false) { EndOffset = last.HeaderOffset }));
        Assert.That(first.EndOffset, Is.EqualTo(entry.HeaderOffset));
    }

    [TestCase(0x81A4u, TestName = "A regular file by its unix mode is one")]
    [TestCase(0x01A4u, TestName = "A unix mode without a type is a regular file")]
    public void RegularFilesAreRead(uint mode)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt") { UnixMode = mode });
        Assert.That(Zips.ReadAll(zip.ToArray()), Contains.Key("a.txt"));
    }

    [Test]
    public void What_is_no_Unix_mode_elsewhere_is_not_taken_for_one()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt") { MadeBy = 0x0014, UnixMode = 0xA1FF });
        Assert.That(Zips.ReadAll(zip.ToArray()), Contains.Key("a.txt"));
    }

    [Test]
    public void AFileOnDiskIsReadInAnyOrder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("export.zip"), Zips.Pack(Files));
        using var source = new FileByteSource(folder.File("export.zip"));
        var contents = Zips.Directory(source).Reverse().ToDictionary(entry => entry.Name, entry => Zips.Read(source, entry));
        Assert.That(contents, Is.EquivalentTo(Files));
    }

    [Test]
    public void ReadingNothingChangesNothing()
    {
        using var source = new MemoryByteSource(new HandMadeZip(new HandMadeEntry("a.txt", "abc")).ToArray());
        using var content = Zips.Open(source, Zips.Directory(source)[0]);
        Assert.That(content.Read(new byte[8], 0, 0), Is.Zero);
        Assert.That(new StreamReader(content).ReadToEnd(), Is.EqualTo("abc"));
    }

    [Test]
    public void A_broken_entry_does_not_stand_in_the_way_of_another()
    {
        var zip = new HandMadeZip(new HandMadeEntry("broken.txt") { Crc = 1 }, new HandMadeEntry("whole.txt", "whole")).ToArray();
        using var source = new MemoryByteSource(zip);
        var entries = Zips.Directory(source);
        Assert.That(() => Zips.Read(source, entries[0]), Thrown.Export(ExportFault.Damaged));
        Assert.That(Zips.Read(source, entries[1]), Is.EqualTo("whole"u8.ToArray()));
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}

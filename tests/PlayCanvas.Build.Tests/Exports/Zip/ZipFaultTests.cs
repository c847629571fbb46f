using System.IO.Compression;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports.Zip;

[Parallelizable(ParallelScope.All)]
public sealed class ZipFaultTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, byte[]> SmallFiles = new()
    {
        ["index.html"] = Zips.Bytes("<!doctype html><title>A game</title>"),
        ["js/a.js"] = Zips.Bytes("console.log('a'); console.log('a'); console.log('a');"),
    };

    private static readonly byte[] SmallZip = Zips.Pack(SmallFiles);

    private static readonly byte[] StoredZip = Zips.Pack(SmallFiles, CompressionLevel.NoCompression);

    private static IEnumerable<int> CutsOfSmallZip => Enumerable.Range(0, SmallZip.Length);

    [TestCaseSource(nameof(CutsOfSmallZip))]
    public void AZipThatEndsTooEarlyIsDamaged(int length) =>
        Assert.That(() => Zips.ReadAll(SmallZip[..length]), Thrown.Export(ExportFault.Damaged));

    [Test]
    public void AFlippedBitIsNoticedOrDoesNoHarm([Range(0, 7)] int bit, [Values] bool stored)
    {
        var whole = stored ? StoredZip : SmallZip;
        for (var at = 0; at < whole.Length; at++)
        {
            var zip = (byte[])whole.Clone();
            zip[at] ^= (byte)(1 << bit);
            Assert.That(() => ReadOrRefuse(zip), Is.Null.Or.EquivalentTo(SmallFiles), $"bit {bit} of byte {at}");
        }
    }

    [Test]
    public void A_byte_that_is_set_to_its_opposite_is_noticed_or_does_no_harm()
    {
        for (var at = 0; at < SmallZip.Length; at++)
        {
            var zip = (byte[])SmallZip.Clone();
            zip[at] = (byte)~zip[at];
            Assert.That(() => ReadOrRefuse(zip), Is.Null.Or.EquivalentTo(SmallFiles), $"byte {at}");
        }
    }

    [TestCase("", "it is an empty file, not a zip file")]
    [TestCase("<!doctype html><title>502 Bad Gateway</title> and some more text", "it is an HTML page, not a zip file")]
    [TestCase("\uFEFF\r\n <!-- a comment --><HTML><title>Sign in</title></HTML>", "it is an HTML page, not a zip file")]
    [TestCase("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "it is not a zip file")]
    [TestCase("PK", "it is not a zip file")]
    [TestCase("{\"html\": \"<html>\"}", "it is not a zip file")]
    public void WhatIsNotAZipIsCalledWhatItIs(string content, string reason) =>
        Assert.That(() => Zips.ReadAll(Zips.Bytes(content)), Thrown.Export(ExportFault.Damaged).With.Message.EqualTo(reason));

    [Test]
    public void AZipWithoutItsEndIsCalledTruncated()
    {
        var large = Zips.Pack([new("a.bin", Noise(200_000)), .. SmallFiles]);
        foreach (var zip in new[] { SmallZip[..^1], SmallZip[..100], SmallZip[..4], large[..^1], large[..^30], large[..150_000] })
            Assert.That(() => Zips.ReadAll(zip), Thrown.Export(ExportFault.Damaged).With.Message.Contains("truncated"), $"{zip.Length} bytes");
    }

    /// <summary>The end record of the inner zip is mistaken for that of the outer zip, which has been cut off.</summary>
    [Test]
    public void A_truncated_zip_that_holds_another_is_called_truncated()
    {
        var outer = Zips.Pack([new("a.bin", Noise(100_000)), new("preload-android.zip", SmallZip), new("z.bin", Noise(10_000))], CompressionLevel.NoCompression);

        Assert.That(() => Zips.ReadAll(outer[..^5_000]), Thrown.Export(ExportFault.Damaged).With.Message.Contains("truncated"));
    }

    [TestCase(0x0000)]
    [TestCase(0x1234)]
    public void AWrongChecksumIsDamage(int crc) =>
        AssertDamaged(new HandMadeEntry("a.txt") { Crc = (uint)crc }, "\"a.txt\" does not match its checksum");

    [TestCase(8, TestName = "A deflated entry that is longer than declared is damaged")]
    [TestCase(1_000, TestName = "A deflated entry that is shorter than declared is damaged")]
    [TestCase(0, TestName = "A deflated entry that is declared empty and is not is damaged")]
    public void AWrongSizeIsDamage(int size) => AssertDamaged(new HandMadeEntry("a.txt") { Size = size }, "does not have the length");

    [Test]
    public void NothingIsWrittenBeyondTheDeclaredSize()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt", new string('a', 1_000_000)) { Size = 10 }).ToArray();
        using var source = new MemoryByteSource(zip);
        using var content = Zips.Open(source, Zips.Directory(source)[0]);
        Assert.That(() => content.Read(new byte[64], 0, 64), Thrown.Export(ExportFault.Damaged));
    }

    [Test]
    public void StoredSizesThatDifferAreDamage() =>
        AssertDamaged(new HandMadeEntry("a.txt", "12345678") { Method = 0, Size = 7 }, "invalid sizes");

    [Test]
    public void DataThatCannotBeUnpackedIsDamage() =>
        AssertDamaged(new HandMadeEntry("a.txt", "abcdefghijklmnop") { Method = 8, LocalName = "a.txt", CompressedSize = 3 }, "\"a.txt\"");

    [TestCase((ushort)9, TestName = "Deflate64 is not known")]
    [TestCase((ushort)12, TestName = "Bzip2 is not known")]
    [TestCase((ushort)14, TestName = "LZMA is not known")]
    [TestCase((ushort)99, TestName = "AES is not known")]
    public void AnUnknownMethodIsDamage(ushort method) =>
        AssertDamaged(new HandMadeEntry("a.txt") { Method = method }, $"the unknown compression method {method}");

    [Test]
    public void An_entry_under_another_name_in_its_own_header_is_damage() =>
        AssertDamaged(new HandMadeEntry("a.txt") { LocalName = "b.txt" }, "\"a.txt\"");

    [Test]
    public void AnOffsetThatLeadsToNoHeaderIsDamage() =>
        AssertDamaged(new HandMadeEntry("a.txt") { Offset = 3 }, "invalid header");

    [Test]
    public void AnEncryptedEntryIsUnsafe() =>
        Assert.That(
            () => Zips.ReadAll(new HandMadeZip(new HandMadeEntry("a.txt") { Flags = 0x809 }).ToArray()),
            Thrown.Export(ExportFault.Unsafe).With.Message.Contains("encrypted"));

    [TestCase(0xA1FFu, TestName = "A symbolic link is unsafe")]
    [TestCase(0x2180u, TestName = "A character device is unsafe")]
    [TestCase(0x6180u, TestName = "A block device is unsafe")]
    [TestCase(0x1180u, TestName = "A pipe is unsafe")]
    [TestCase(0xC180u, TestName = "A socket is unsafe")]
    [TestCase(0x41EDu, TestName = "A folder that is called like a file is unsafe")]
    public void ASpecialFileIsUnsafe(uint mode) =>
        Assert.That(
            () => Zips.ReadAll(new HandMadeZip(new HandMadeEntry("a.txt") { UnixMode = mode }).ToArray()),
            Thrown.Export(ExportFault.Unsafe).With.Message.Contains("special file"));

    [Test]
    public void EntriesThatShareBytesAreUnsafe()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt"), new HandMadeEntry("b.txt") { Offset = 0, LocalName = "a.txt" });
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("overlaps"));
    }

    [Test]
    public void An_entry_that_reaches_into_the_directory_is_damaged() =>
        AssertDamaged(new HandMadeEntry("a.txt") { CompressedSize = 100_000 }, "is outside the file");

    [Test]
    public void ABombByRatioIsTooLarge()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.bin") { Size = ZipLimits.RatioFreeSize + 1 });
        AssertTooLarge(zip, "250 times");
    }

    [Test]
    public void ManySmallPartsOfABombAreTooLarge()
    {
        var parts = Enumerable.Range(0, 70).Select(part => new HandMadeEntry($"{part}.bin") { Size = Megabyte });
        AssertTooLarge(new HandMadeZip([.. parts]), "250 times");
    }

    [Test]
    public void WhatIsSmallMayBePackedAsTightlyAsItLikes()
    {
        var zeros = new Dictionary<string, byte[]> { ["zeros.bin"] = new byte[Megabyte] };
        Assert.That(Zips.ReadAll(Zips.Pack(zeros)), Is.EquivalentTo(zeros));
    }

    [Test]
    public void ABombByTotalSizeIsTooLarge()
    {
        var half = ZipLimits.Game.TotalSize / 2 + 1;
        var zip = new HandMadeZip(
            new HandMadeEntry("a.bin") { IsZip64 = true, Size = half, CompressedSize = half },
            new HandMadeEntry("b.bin") { IsZip64 = true, Size = half, CompressedSize = half });
        AssertTooLarge(zip, "MB");
    }

    [Test]
    public void SizesWhoseSumOverflowsAreTooLarge()
    {
        var zip = new HandMadeZip(
            new HandMadeEntry("a.bin") { IsZip64 = true, Size = long.MaxValue },
            new HandMadeEntry("b.bin") { IsZip64 = true, Size = long.MaxValue });
        AssertTooLarge(zip, "MB");
    }

    [Test]
    public void ABombByCountIsTooLarge()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, EntryCount = ZipLimits.Game.Entries + 1 };
        AssertTooLarge(zip, "entries");
    }

    [TestCase(0, TestName = "A directory that holds more entries than counted is damaged")]
    [TestCase(2, TestName = "A directory that holds fewer entries than counted is damaged")]
    public void AWrongCountIsDamage(int count)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { EntryCount = count };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged));
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    public void ANegativeCountIsDamage(long count)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, EntryCount = count };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged));
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(1_000_000L)]
    public void AnImpossibleDirectorySizeIsDamage(long size)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, DirectorySize = size };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged));
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(0L)]
    public void AWrongDirectoryOffsetIsDamage(long offset)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, DirectoryOffset = offset };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged));
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    [TestCase(0L)]
    public void AWrongZip64OffsetIsDamage(long offset)
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, Zip64EndOffset = offset };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged).With.Message.Contains("zip64"));
    }

    [Test]
    public void ABrokenZip64RecordIsDamage()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { IsZip64 = true, Zip64EndSignature = 0 };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged).With.Message.Contains("zip64"));
    }

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    public void ANegativeSizeIsDamage(long size) =>
        AssertDamaged(new HandMadeEntry("a.txt") { IsZip64 = true, Size = size }, "invalid sizes");

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    public void ANegativeCompressedSizeIsDamage(long size) =>
        AssertDamaged(new HandMadeEntry("a.txt") { IsZip64 = true, CompressedSize = size }, "invalid sizes");

    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    public void ANegativeOffsetIsDamage(long offset) =>
        AssertDamaged(new HandMadeEntry("a.txt") { IsZip64 = true, Offset = offset }, "invalid sizes");

    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue - 60)]
    [TestCase(long.MaxValue / 2)]
    public void AnOffsetBeyondTheFileIsDamage(long offset) =>
        AssertDamaged(new HandMadeEntry("a.txt") { IsZip64 = true, Offset = offset }, "is outside the file");

    [Test]
    public void Bytes_behind_the_entries_of_the_directory_are_damage()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt")) { AfterEntries = [1, 2, 3, 4] };
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.Damaged));
    }

    private static Dictionary<string, byte[]>? ReadOrRefuse(byte[] zip)
    {
        try
        {
            return Zips.ReadAll(zip);
        }
        catch (ExportException)
        {
            return null;
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static void AssertDamaged(HandMadeEntry entry, string message) =>
        Assert.That(
            () => Zips.ReadAll(new HandMadeZip(entry).ToArray()),
            Thrown.Export(ExportFault.Damaged).With.Message.Contains(message));

    private static void AssertTooLarge(HandMadeZip zip, string message) =>
        Assert.That(() => Zips.ReadAll(zip.ToArray()), Thrown.Export(ExportFault.TooLarge).With.Message.Contains(message));
}

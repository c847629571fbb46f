using System.IO.Compression;
using System.Security.Cryptography;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports.Zip;

[Parallelizable(ParallelScope.All)]
public sealed class ZipVerificationTests
{
    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["a.txt"] = Zips.Bytes("the first file, the first file, the first file"),
        ["folder/b.bin"] = new byte[300_000],
    };

    [TestCase(CompressionLevel.Optimal)]
    [TestCase(CompressionLevel.NoCompression)]
    public void AWholeZipHasItsDigest(CompressionLevel level)
    {
        var zip = Zips.Pack(Files, level);

        Assert.That(Verify(zip), Is.EqualTo(new VerifiedZip(zip.Length, 2, Convert.ToHexStringLower(SHA256.HashData(zip)))));
    }

    [Test]
    public void AFlippedByteOfAFileIsNoticed()
    {
        const int Start = EntryStream.HeaderSize + 5;
        var whole = Zips.Pack(new Dictionary<string, byte[]> { ["a.txt"] = Files["a.txt"] }, CompressionLevel.NoCompression);
        for (var at = Start; at < Start + Files["a.txt"].Length; at++)
        {
            var zip = (byte[])whole.Clone();
            zip[at] ^= 1;
            Assert.That(() => Verify(zip), Thrown.Export(ExportFault.Damaged), $"byte {at}");
        }
    }

    [Test]
    public void TheDamageOfAnyFileIsNoticed()
    {
        var zip = new HandMadeZip([.. Enumerable.Range(0, 50).Select(number => new HandMadeEntry($"{number}.txt") { Crc = number == 49 ? 1 : null })]).ToArray();

        Assert.That(() => Verify(zip), Thrown.Export(ExportFault.Damaged).With.Message.EqualTo("\"49.txt\" does not match its checksum"));
    }

    [Test]
    public void AZip64IsVerified()
    {
        var zip = new HandMadeZip(new HandMadeEntry("a.txt") { IsZip64 = true }, new HandMadeEntry("b.txt")) { IsZip64 = true }.ToArray();

        Assert.That(Verify(zip).Entries, Is.EqualTo(2));
    }

    [Test]
    public void ARatioThatNoGameHasIsNoReasonToRefuseAnArchive()
    {
        var zip = Zips.Pack(new Dictionary<string, byte[]> { ["zeros"] = new byte[ZipLimits.RatioFreeSize + 1] });

        Assert.That(Verify(zip).Entries, Is.EqualTo(1));
        Assert.That(() => new ZipVerification(new MemoryByteSource(zip), static (_, _) => { }).Run(ZipLimits.Game, CancellationToken.None), Thrown.Export(ExportFault.TooLarge));
    }

    [Test]
    public void AZipWithoutFilesIsRejected() =>
        Assert.That(() => Verify(Zips.Pack(new Dictionary<string, byte[]> { ["folder/"] = [] })), Thrown.Export(ExportFault.Damaged).With.Message.EqualTo("it contains no file"));

    private static VerifiedZip Verify(byte[] zip) => new ZipVerification(new MemoryByteSource(zip), static (_, _) => { }).Run(ZipLimits.Archive, CancellationToken.None);
}

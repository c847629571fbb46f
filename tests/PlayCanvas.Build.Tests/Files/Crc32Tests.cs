using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
public sealed class Crc32Tests
{
    [TestCase("", 0u)]
    [TestCase("a", 0xE8B7BE43u)]
    [TestCase("123456789", 0xCBF43926u)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void KnownTextsHaveTheirKnownChecksums(string text, uint expected) =>
        Assert.That(Of(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    [Test]
    public void Every_length_has_the_checksum_that_bit_by_bit_division_gives([Range(0, 40)] int length)
    {
        var bytes = Noise(length);
        Assert.That(Of(bytes), Is.EqualTo(BitByBit(bytes)));
    }

    [Test]
    public void Going_on_from_a_checksum_is_the_checksum_of_the_whole([Range(0, 33, 3)] int cut)
    {
        var bytes = Noise(33);
        var first = Crc32.Update(0, bytes, 0, cut);
        Assert.That(Crc32.Update(first, bytes, cut, bytes.Length - cut), Is.EqualTo(Of(bytes)));
    }

    [Test]
    public void OnlyTheGivenPartOfTheArrayCounts()
    {
        var bytes = Noise(64);
        Assert.That(Crc32.Update(0, bytes, 5, 50), Is.EqualTo(Of(bytes[5..55])));
    }

    private static uint Of(byte[] bytes) => Crc32.Update(0, bytes, 0, bytes.Length);

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static uint BitByBit(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}

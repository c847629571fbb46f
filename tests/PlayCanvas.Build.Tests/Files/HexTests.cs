using NUnit.Framework;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
public sealed class HexTests
{
    [Test]
    public void Digits_are_lower_case_and_complete() => Assert.That(Hex.Of([0x00, 0x0F, 0xAB]), Is.EqualTo("000fab"));

    [Test]
    public void A_count_takes_the_first_bytes() => Assert.That(Hex.Of([0x00, 0x0F, 0xAB], 2), Is.EqualTo("000f"));

    /// <summary>The digest of "abc" in FIPS 180-2, appendix B.1.</summary>
    [Test]
    public void A_digest_is_the_beginning_of_SHA256() => Assert.That(Sha256.Prefix("abc", 4), Is.EqualTo("ba7816bf"));

    /// <summary>The digest of "abc" in RFC 1321, appendix A.5.</summary>
    [Test]
    public void An_MD5_is_in_hexadecimal() => Assert.That(Md5.Of("abc"u8.ToArray()), Is.EqualTo("900150983cd24fb0d6963f7d28e17f72"));
}

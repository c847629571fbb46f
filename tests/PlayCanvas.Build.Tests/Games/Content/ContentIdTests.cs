using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Tests.Games.Content;

[Parallelizable(ParallelScope.All)]
public sealed class ContentIdTests
{
    private static readonly ExportedFile Page = File("index.html", 10, "aa");
    private static readonly ExportedFile Scene = File("1001.json", 20, "bb");

    /// <summary>Lock files hold ids, so a change of the rule must be a change of its version.</summary>
    [Test]
    public void An_id_is_the_SHA_256_of_the_version_of_the_rule_and_the_sorted_list_of_files()
    {
        const string List = "playcanvas-content 1\n1001.json\n20 bb\nindex.html\n10 aa\n";

        Assert.That(ContentId.Of([Page, Scene]), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(List)))));
    }

    [Test]
    public void TheOrderOfTheFilesDoesNotMatter() => Assert.That(ContentId.Of([Scene, Page]), Is.EqualTo(ContentId.Of([Page, Scene])));

    /// <summary>The order must not depend on the culture: Swedish sorts "ä" after "z".</summary>
    [Test]
    public void The_order_is_that_of_the_characters_codes()
    {
        const string List = "playcanvas-content 1\nB\n1 a\na\n1 a\nz\n1 a\nä\n1 a\n";

        Assert.That(
            ContentId.Of([File("ä", 1, "a"), File("a", 1, "a"), File("z", 1, "a"), File("B", 1, "a")]),
            Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(List)))));
    }

    [Test]
    public void AnotherNameLengthOrHashIsAnotherContent()
    {
        string[] ids = [ContentId.Of([Page]), ContentId.Of([Page with { Name = "Index.html" }]), ContentId.Of([Page with { Size = 11 }]), ContentId.Of([Page with { Sha256 = "ab" }]), ContentId.Of([])];

        Assert.That(ids, Is.Unique.And.All.Matches<string>(ContentId.IsValid));
    }

    /// <summary>A server may compute it in another way, and the SHA-256 says more.</summary>
    [Test]
    public void TheChecksumOfTheZipIsNotAPartOfTheId() => Assert.That(ContentId.Of([Page with { Crc = 7 }]), Is.EqualTo(ContentId.Of([Page])));

    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [TestCase("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", false)]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde", false)]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", false)]
    [TestCase("../../../../../../../../../../../../../../../../../../../../etc/pw", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void AnIdHas64DigitsInLowerCase(string? text, bool isValid) => Assert.That(ContentId.IsValid(text), Is.EqualTo(isValid));

    [Test]
    public void EachPartHasAnIdThatChangesWithItsFilesOnly()
    {
        ExportedFile[] before = [Page, Scene, File("playcanvas-stable.min.js", 1, "cc"), File("__game-scripts.js", 1, "dd"), File("files/assets/1/1/box.png", 1, "ee")];
        var after = before.Select(file => file == Scene ? Scene with { Sha256 = "ff" } : file);

        var (old, now) = (ContentId.OfParts(before), ContentId.OfParts(after));

        Assert.That(old.Keys, Is.EquivalentTo(Enum.GetValues<GamePart>()));
        Assert.That(old.Values, Is.Unique.And.All.Match("^[0-9a-f]{16}$"));
        Assert.That(now.Keys.Where(part => now[part] != old[part]), Is.EqualTo([ExportLayout.PartOf(Scene.Name)]));
    }

    [Test]
    public void A_part_without_files_has_no_id() => Assert.That(ContentId.OfParts([Page]).Keys, Is.EqualTo([ExportLayout.PartOf(Page.Name)]));

    private static ExportedFile File(string name, long size, string sha256) => new(name, size, sha256, 0);
}

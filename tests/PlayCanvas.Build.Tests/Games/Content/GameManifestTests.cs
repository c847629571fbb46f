using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Content;

public sealed class GameManifestTests : GameFixture
{
    [Test]
    public void A_manifest_that_was_written_is_read_as_it_was()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2/Armature|Run.glb", "running");
        var exportedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var written = Install(game, new ExportExpectation { ExportedAt = exportedAt }).Manifest;

        var read = GameManifest.TryRead(Root.Write("manifest.json", written.ToJson()))!;

        Assert.That(read.ToJson(), Is.EqualTo(written.ToJson()));
        Assert.That(read.Files.Select(file => file.Exported), Is.EqualTo(written.Files.Select(file => file.Exported)));
        Assert.That((read.ExportedAt, read.Facts.EngineVersion, read.Facts.VerifiedFiles), Is.EqualTo(((DateTimeOffset?)exportedAt, "2.18.1", 2)));
        Assert.That(read.Files.Single(file => file.Path == SampleGame.BoxPath).Md5, Is.EqualTo(SampleGame.Md5Of("a box")));
    }

    /// <summary>3,000 files would otherwise be 20,000 lines.</summary>
    [Test]
    public void AFileIsOneLine()
    {
        var manifest = Install(new SampleGame()).Manifest;
        Assert.That(manifest.ToJson().Split('\n').Where(line => line.Contains(SampleGame.BoxPath)), Has.Exactly(1).EndsWith("]").Or.EndsWith("],").Or.EndsWith("],\r"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("\0\0\0\0")]
    [TestCase("""{"manifestVersion":"one"}""")]
    public void A_manifest_that_cannot_be_read_is_like_none(string text) => Assert.That(GameManifest.TryRead(Root.Write("manifest.json", text)), Is.Null);

    [TestCase("manifestVersion", "2")]
    [TestCase("files", "null")]
    [TestCase("files", "[null]")]
    [TestCase("files", "[{}]")]
    [TestCase("files", "[[]]")]
    [TestCase("files", """[["a.txt"]]""")]
    [TestCase("files", """[["a.txt",1,"00","00",99999999999999999999]]""")]
    [TestCase("files", """[["a.txt",1,"00","00",0,"b.txt"]]""")]
    [TestCase("files", """[["a.txt",1,"00","00",0,"b.txt",1,"00",0,"more"]]""")]
    [TestCase("files", """[[1,2,3,4,5]]""")]
    [TestCase("contentId", null)]
    [TestCase("facts", null)]
    public void A_manifest_with_a_member_that_cannot_be_read_is_like_none(string member, string? value)
    {
        var manifest = JObject.Parse(Install(new SampleGame()).Manifest.ToJson());
        if (value is null)
            manifest.Remove(member);
        else
            manifest[member] = JToken.Parse(value);

        Assert.That(GameManifest.TryRead(Root.Write("manifest.json", manifest.ToString())), Is.Null);
    }

    [Test]
    public void AManifestThatDoesNotExistIsLikeNone() => Assert.That(GameManifest.TryRead(Root.File("manifest.json")), Is.Null);
}

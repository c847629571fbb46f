using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Tests.Games.Content;

public sealed class StoredNameTests
{
    [TestCase("index.html", "index.html")]
    [TestCase("files/assets/1/1/box (1).png", "files^assets^1^1^box (1).png")]
    public void The_names_are_flat(string path, string name) => Assert.That(StoredName.Of(path), Is.EqualTo(name));

    /// <summary>No system allows a name of more than 255 bytes.</summary>
    [TestCase("x", 250, 3)]
    [TestCase("x", 1, 500)]
    [TestCase("x", 100, 30)]
    [TestCase("日", 80, 7)]
    [TestCase("😀", 1, 100)]
    public void A_long_path_has_folders(string character, int characters, int segments)
    {
        var path = string.Join('/', Enumerable.Repeat(string.Concat(Enumerable.Repeat(character, characters)), segments));
        var parts = StoredName.Of(path).Split('/');
        Assert.That(parts.Select(Encoding.UTF8.GetByteCount), Has.All.LessThanOrEqualTo(255));
        Assert.That(parts.Zip(parts.Skip(1)).Select(pair => Encoding.UTF8.GetByteCount(pair.First) + Encoding.UTF8.GetByteCount(pair.Second)), Has.All.GreaterThan(235), "No more folders than needed");
        Assert.That(string.Join('/', parts).Replace('^', '/'), Is.EqualTo(path));
    }

    /// <summary>The targets replace it by a slash.</summary>
    [Test]
    public void A_path_never_contains_the_separator()
    {
        Assert.That(EntryPaths.Map(["a^b.png", "a/b.png"]).Values, Is.EquivalentTo(["a_b.png", "a/b.png"]));
        Assert.That(EntryPaths.IsPortable("a^b.png"), Is.False);
    }
}

using NUnit.Framework;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Exports;

[Parallelizable(ParallelScope.All)]
public sealed class AssetPatternTests
{
    private static readonly GameAsset Boss = new("12345678")
    {
        Name = "Boss albedo (1).png",
        Type = "texture",
        Tags = ["level2", "big boss"],
        Files = [new AssetFile("files/assets/12345678/1/boss.png", null), new AssetFile("files/assets/12345678/1/boss.basis", null) { Variant = "basis" }],
    };

    [TestCase("Boss albedo (1).png")]
    [TestCase("Boss*")]
    [TestCase("*.png")]
    [TestCase("* albedo *")]
    [TestCase("Boss?albedo?(?).png")]
    [TestCase("**")]
    [TestCase("files/assets/12345678/1/boss.png")]
    [TestCase("files/assets/*/*/boss.png")]
    [TestCase("files/**/boss.*")]
    [TestCase("**/boss.basis")]
    [TestCase("files/**")]
    [TestCase("files/**/assets/**/boss.png")]
    [TestCase("tag:level2")]
    [TestCase("tag:level?")]
    [TestCase("tag: big boss")]
    [TestCase("type:texture")]
    [TestCase("type:tex*")]
    public void APatternSelectsAnAsset(string pattern) => Assert.That(AssetPattern.TryParse(pattern)!.Matches(Boss), Is.True);

    [TestCase("boss*")]
    [TestCase("Boss")]
    [TestCase("albedo*")]
    [TestCase("Boss albedo [1].png")]
    [TestCase("Boss albedo (1)-png")]
    [TestCase("*/boss.png")]
    [TestCase("files/*/boss.png")]
    [TestCase("files/assets")]
    [TestCase("12345678")]
    [TestCase("level2")]
    [TestCase("texture")]
    [TestCase("tag:boss")]
    [TestCase("tag:Level2")]
    [TestCase("type:text")]
    [TestCase("Type:texture")]
    [TestCase("!Boss*")]
    public void AnotherPatternDoesNot(string pattern) => Assert.That(AssetPattern.TryParse(pattern)!.Matches(Boss), Is.False);

    [TestCase("tag:")]
    [TestCase("type: ")]
    public void A_pattern_that_selects_nothing_at_all_is_invalid(string pattern) => Assert.That(AssetPattern.TryParse(pattern), Is.Null);

    [TestCase("a/b*", true)]
    [TestCase("**", true)]
    [TestCase("a/b\n*", true)]
    [TestCase("*c", false)]
    [TestCase("a/b", false)]
    public void A_name_may_contain_line_breaks_and_slashes(string pattern, bool isSelected) =>
        Assert.That(AssetPattern.TryParse(pattern)!.Matches(new GameAsset("1") { Name = "a/b\nc" }), Is.EqualTo(isSelected));

    [TestCase("**")]
    [TestCase("tag:**")]
    [TestCase("type:**")]
    public void AnAssetWithoutAnythingIsSelectedByNothing(string pattern) =>
        Assert.That(AssetPattern.TryParse(pattern)!.Matches(new GameAsset("1")), Is.False);
}

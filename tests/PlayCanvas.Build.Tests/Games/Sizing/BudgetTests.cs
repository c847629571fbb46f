using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Sizing;

/// <summary>What budgets limit, how they are read, and what they say.</summary>
public sealed class BudgetTests : GameFixture
{
    private readonly SampleGame game = new();

    [SetUp]
    public void AddAssets()
    {
        foreach (var (id, name, size, type) in ((int, string, int, string)[])[(2, "Boss albedo", 600, "texture"), (3, "Boss normal", 400, "texture"), (4, "Theme", 3000, "audio")])
        {
            game.AddAsset(id, $"files/assets/{id}/1/{id}.bin", new string('x', size), type);
            game.Asset(id)["name"] = name;
        }

        game.Asset(2)["tags"] = new JArray("level2");
        game.Asset(4)["preload"] = true;
    }

    [TestCase("textures", "", 1000)]
    [TestCase("audio", "", 3000)]
    [TestCase("mine", "Boss*", 1000)]
    [TestCase("mine", "Boss albedo; Theme", 3600)]
    [TestCase("mine", "tag:level2", 600)]
    [TestCase("mine", "type:texture", 1000)]
    [TestCase("mine", "files/assets/4/**", 3000)]
    [TestCase("total", "Boss*", 1000)]
    public void ABudgetIsAboutItsFiles(string name, string assets, int bytes)
    {
        Assert.That(Check(Read(name, ("Assets", assets), ("MaximumError", $"{bytes}"))), Is.Empty);
        Assert.That(Check(Read(name, ("Assets", assets), ("MaximumError", $"{bytes - 1}"))), Has.Count.EqualTo(1));
    }

    [TestCase("total")]
    [TestCase("initial")]
    public void TheWholeAndTheFirstFrameAreLimited(string name)
    {
        var sizes = Sizes();
        var bytes = (name == "total" ? sizes.Total : sizes.Initial).Bytes;
        Assert.That(Check(Read(name, ("MaximumWarning", $"{bytes}"))), Is.Empty);
        Assert.That(Check(Read(name, ("MaximumWarning", $"{bytes - 1}"))), Has.Count.EqualTo(1));
    }

    [Test]
    public void EachFileIsLimited()
    {
        var finding = Check(Read("file", ("MaximumError", "500 B"))).Single();
        Assert.That((finding.What, finding.Causes), Is.EqualTo((
            "3 files are larger than MaximumError, 500 B", "The largest: \"Theme\" (3 kB), \"config.json\" (1.1 kB), \"Boss albedo\" (0.6 kB)")).Using<(string, string)>(SameWords));
    }

    [Test]
    public void TheLargestCausesAreNamed()
    {
        var finding = Check(Read("mine", ("Assets", "Boss*"), ("MaximumError", "0.5 kB"))).Single();
        Assert.That(finding.What, Is.EqualTo("1 kB is 0.5 kB more than MaximumError, 0.5 kB"));
        Assert.That(finding.Causes, Is.EqualTo("The largest: \"Boss albedo\" (0.6 kB), \"Boss normal\" (0.4 kB)"));
    }

    [Test]
    public void NoMoreThanFiveCausesAreNamed() =>
        Assert.That(Check(Read("total", ("MaximumError", "1 B"))).Single().Causes.Count(character => character == '('), Is.EqualTo(5));

    [Test]
    public void AnErrorReplacesTheWarningsOfItsBudget()
    {
        var findings = Check(Read("audio", ("MaximumWarning", "1 kB"), ("MaximumError", "2 kB")));
        Assert.That(findings.Select(finding => finding.Limit.Metadata), Is.EqualTo(["MaximumError"]));
    }

    [Test]
    public void AWarningIsBelowTheError()
    {
        var findings = Check(Read("audio", ("MaximumWarning", "1 kB"), ("MaximumError", "20 kB")));
        Assert.That(findings.Select(finding => finding.Limit.Metadata), Is.EqualTo(["MaximumWarning"]));
    }

    [TestCase("49%", 1)]
    [TestCase("50%", 0)]
    [TestCase("50.5 %", 0)]
    public void TheGrowthIsLimited(string growth, int count)
    {
        var before = Sizes();
        Grow();
        var findings = Check(Read("audio", ("Growth", growth)), new BudgetBaseline("the locked version, 0123", before.Total.Bytes, before));
        Assert.That(findings, Has.Count.EqualTo(count));
        if (count > 0)
        {
            Assert.That(findings[0].What, Is.EqualTo("it has grown from 3 kB in the locked version, 0123 to 4.5 kB, which is 30 B more than Growth, 49%, permits"));
            Assert.That(findings[0].Causes, Is.EqualTo("What has grown most: \"Theme\" (+1.5 kB)"));
        }
    }

    [Test]
    public void The_whole_is_compared_without_the_files_of_the_version_before()
    {
        var before = new BudgetBaseline("the locked version, 0123", Bytes: 100, Sizes: null);
        var (total, audio) = (Read("total", ("GrowthError", "10%")), Read("audio", ("GrowthError", "10%")));
        Assert.That(Check(total, before).Single().What, Does.StartWith("it has grown from 100 B").Or.StartWith("it has grown from 0.1 kB"));
        Assert.That(Check(audio, before), Is.Empty);
        Assert.That(new BudgetCheck(Sizes(), before).Incomparable(audio), Is.EqualTo("the growth of \"audio\" was not compared, because the files of the locked version, 0123 are not on this machine"));
        Assert.That(new BudgetCheck(Sizes(), before).Incomparable(total), Is.Null);
    }

    [TestCase("3 kB", "kept")]
    [TestCase("2999", "error")]
    public void AReportContainsEachLimit(string maximum, string state)
    {
        var budget = Read("audio", ("MaximumWarning", "1.5 kB"), ("MaximumError", maximum), ("Growth", "10%"));
        Assert.That(Report(budget).Select(limit => $"{limit.Name} {limit.Limit} {limit.Value}: {limit.Measured} of {limit.Allowed}, {limit.State}"), Is.EqualTo([
            $"audio MaximumError {maximum}: 3000 of {(state == "kept" ? 3000 : 2999)}, {state}", "audio MaximumWarning 1.5 kB: 3000 of 1500, warning", "audio Growth 10%: 3000 of , ",
        ]));
    }

    [Test]
    public void AReportContainsTheLargestFile() =>
        Assert.That(Report(Read("file", ("MaximumWarning", "1 kB"))).Single(), Is.EqualTo(new SizedBudget("file", "MaximumWarning", "1 kB", 1000, 3000, "warning")));

    [Test]
    public void ABudgetOfNothingIsKept() =>
        Assert.That(Report(Read("fonts", ("MaximumError", "0"))).Single(), Is.EqualTo(new SizedBudget("fonts", "MaximumError", "0", 0, 0, "kept")));

    /// <summary>A name that usually means the whole game means the assets if there are some.</summary>
    [Test]
    public void TheGrowthOfAssetsIsNotThatOfTheWhole()
    {
        var before = new BudgetBaseline("the locked version, 0123", Bytes: 100, Sizes: null);
        var budget = Read("total", ("Assets", "Boss*"), ("GrowthError", "10%"));
        Assert.That(Check(budget, before), Is.Empty);
        Assert.That(new BudgetCheck(Sizes(), before).Incomparable(budget), Does.StartWith("the growth of \"total\" was not compared"));
    }

    /// <summary>1.15 times 100 is less than 115 in floating-point numbers.</summary>
    [TestCase("15%", 115, 0)]
    [TestCase("15%", 116, 1)]
    [TestCase("0%", 100, 0)]
    [TestCase("0%", 101, 1)]
    public void TheGrowthIsMeasuredExactly(string growth, int bytes, int count)
    {
        AddAudio(100);
        var before = Sizes();
        AddAudio(bytes);
        Assert.That(Check(Read("audio", ("GrowthError", growth)), new BudgetBaseline("", before.Total.Bytes, before)), Has.Count.EqualTo(count));
    }

    [Test]
    public void AGameWithoutAVersionBeforeHasNotGrown() => Assert.That(Check(Read("total", ("Growth", "0%"))), Is.Empty);

    [TestCase("MaximumWarning", "lots", "a size")]
    [TestCase("MaximumError", "5 apples", "a size")]
    [TestCase("MaximumError", "10%", "a size")]
    [TestCase("Growth", "10", "a percentage")]
    [TestCase("Growth", "5 MB", "a percentage")]
    [TestCase("GrowthError", "-5%", "a percentage")]
    [TestCase("Assets", "tag:", "names of assets")]
    public void AnInvalidValueIsNamed(string metadata, string value, string form)
    {
        var error = Assert.Throws<BudgetException>(() => Read("total", ("MaximumError", "1 MB"), (metadata, value)))!;
        Assert.That((error.Name, error.Metadata, error.Value), Is.EqualTo(("total", metadata, value)));
        Assert.That(error.Reason, Does.StartWith(form));
    }

    [TestCase("pictures")]
    [TestCase("Total")]
    [TestCase("a*")]
    public void AnUnknownNameIsAnError(string name)
    {
        var error = Assert.Throws<BudgetException>(() => Read(name, ("MaximumError", "1 MB")))!;
        Assert.That((error.Name, error.Metadata), Is.EqualTo((name, default(string))));
        Assert.That(error.Reason, Does.Contain("total, initial, file, engine, scripts").And.Contain("Assets"));
    }

    [Test]
    public void ABudgetWithoutALimitIsAnError() =>
        Assert.That(Assert.Throws<BudgetException>(() => Read("total"))!.Reason, Is.EqualTo("it sets none of MaximumWarning, MaximumError, Growth and GrowthError"));

    [Test]
    public void TheGrowthOfEachFileIsAnError() =>
        Assert.That(Assert.Throws<BudgetException>(() => Read("file", ("Growth", "10%")))!.Reason, Does.StartWith("Growth compares"));

    private static bool SameWords((string, string) actual, (string, string) expected) =>
        actual.Item1 == expected.Item1 && actual.Item2.StartsWith("The largest: \"Theme\" (3 kB), \"config.json\" (", StringComparison.Ordinal) && actual.Item2.EndsWith("\"Boss albedo\" (0.6 kB)", StringComparison.Ordinal);

    private static Budget Read(string name, params (string Name, string Value)[] metadata) =>
        Budget.Read(name, wanted => metadata.Where(value => value.Name == wanted && value.Value.Length > 0).Select(value => value.Value).LastOrDefault());

    private GameSizes Sizes() => GameSizes.Of(Install(game));

    private IReadOnlyList<BudgetFinding> Check(Budget budget, BudgetBaseline? before = null) => new BudgetCheck(Sizes(), before).Check(budget);

    private IEnumerable<SizedBudget> Report(Budget budget) => new BudgetCheck(Sizes(), baseline: null).Read(budget).Select(SizedBudget.Of);

    private void Grow() => AddAudio(4500);

    private void AddAudio(int bytes)
    {
        game.AddAsset(4, "files/assets/4/2/4.bin", new string('x', bytes), "audio");
        game.Asset(4)["name"] = "Theme";
    }
}

using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests builds on a machine whose culture has another calendar, another decimal separator, or another uppercase form of "i".</summary>
public sealed partial class CultureTests : ConsumerFixture
{
    [TestCase("ar_SA", Category = LongTests.Category)]
    [TestCase("th_TH", Category = LongTests.Category)]
    [TestCase("tr_TR")]
    [TestCase("de_DE", Category = LongTests.Category)]
    public async Task BringsTheGameInPublishesAndSaysItsAge(string locale)
    {
        SetVariable("LC_ALL", locale + ".UTF-8");
        var project = Console().DownloadsOnBuild().PublishesOnPublish().Add("""
            <Target Name="SayDate" AfterTargets="Publish">
              <Message Importance="high" Text="Today is $([System.DateTime]::UtcNow)" />
            </Target>
            """);
        await project.BuildAsync("-c", "Release");
        var inUse = project.PathOf("obj/playcanvas/game/game.json");
        await File.WriteAllTextAsync(inUse, ExportedAt().Replace(await File.ReadAllTextAsync(inUse), $"${{1}}{DateTime.UtcNow.AddDays(-3.5):O}"));

        var publish = await project.RunAsync("publish", "--no-build");

        publish.AssertClean();
        if (publish.Lines.Any(line => InvariantDate().IsMatch(line)))
            Assert.Ignore("This .NET runs in invariant mode and has no cultures.");
        Assert.That(publish.Lines, Has.Some.StartsWith("PlayCanvas: the game \"game\" was exported 3 days ago;"));
        Assert.That(publish.Lines, Has.Some.Matches("published \"Desk\" 1\\.0\\.0 as app [0-9]+ in [0-9]+\\.[0-9] s$"));
        Assert.That((ExportsAskedFor, Publishes.Count), Is.EqualTo((1, 1)));
    }

    /// <summary>A process has one culture from its start.</summary>
    private protected override bool BuildsInServers => false;

    [GeneratedRegex("(\"exportedAt\": \")[^\"]+")]
    private static partial Regex ExportedAt();

    [GeneratedRegex("^Today is [0-9]{2}/[0-9]{2}/20[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$")]
    private static partial Regex InvariantDate();
}

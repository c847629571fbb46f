using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests budgets in real builds: what is compared by an up-to-date build, and that a red build stays red.</summary>
public sealed class BudgetTests : ConsumerFixture
{
    private const string Budgets = """
        <ItemGroup>
          <PlayCanvasBudget Include="total" MaximumWarning="40 MB" MaximumError="50 MB" />
          <PlayCanvasBudget Include="it's &quot;mine&quot; 100%25" Assets="level data*;L%3F" Growth="10%" />
        </ItemGroup>
        """;

    [Test]
    public async Task A_game_within_its_budgets_is_up_to_date()
    {
        var project = Console().DownloadsOnBuild().Add(Budgets);
        await project.BuildAsync();
        Assert.That(await project.TasksOfAsync("build", "--no-restore"), Is.Empty);
    }

    [Test]
    public async Task A_budget_that_is_exceeded_fails_each_build_until_it_is_raised()
    {
        var project = Console().DownloadsOnBuild().Add(Budgets);
        await project.BuildAsync();
        var game = project.GameHashes();
        var strict = project.Add("""<ItemGroup><PlayCanvasBudget Update="total" MaximumError="1 kB" /></ItemGroup>""");

        for (var build = 0; build < 2; build++)
        {
            var result = await strict.RunAsync("build", "--no-restore");
            Assert.That(result.AssertFailedWith("PLAYCANVAS4030").Text, Does.Contain("more than MaximumError, 1 kB. The largest: \"playcanvas-stable.min.js\" ("));
            Assert.That(project.GameHashes(), Is.EqualTo(game));
        }

        await project.Add("""<ItemGroup><PlayCanvasBudget Remove="total" /></ItemGroup>""").BuildAsync("--no-restore");
    }

    [Test]
    public async Task A_budget_with_an_unknown_name_is_an_error()
    {
        var result = await Console().DownloadsOnBuild().Add("""<ItemGroup><PlayCanvasBudget Include="first" MaximumError="5 MB" /></ItemGroup>""").RunAsync("build");
        result.AssertFailedWith("PLAYCANVAS1041");
        Assert.That(ExportsAskedFor, Is.Zero);
    }
}

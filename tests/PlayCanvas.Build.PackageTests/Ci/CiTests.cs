using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;
using YamlDotNet.RepresentationModel;

namespace PlayCanvas.Build.PackageTests.Ci;

/// <summary>Runs the recipes of <c>docs/ci.md</c> in which a later step uses what a build published.</summary>
[Platform(Exclude = "Win", Reason = "The recipes are scripts for bash.")]
public sealed class CiTests : ConsumerFixture
{
    private const string Section = "Use the published app in the next step";

    private App NewestApp => Sandbox.World.Apps[^1];

    [Test]
    public async Task The_second_step_of_a_workflow_uses_the_outputs_of_the_first()
    {
        Site();
        var runner = new GitHubRunner(this, Folder).With("secrets.PLAYCANVAS_ACCESS_TOKEN", Token!).With("github.run_number", "7");

        var results = await runner.RunAsync(Recipe.Read(Section, "GitHub Actions"));

        Assert.That(results, Has.Count.EqualTo(2), results[0].Output);
        Assert.That(results[1].StandardOutput.Trim(), Is.EqualTo($"Version 1.2.7 is live at {NewestApp.Url}"));
        Assert.That(runner.Output("game", "playcanvas-app-id"), Is.EqualTo($"{NewestApp.Id}"));
        Assert.That((string?)JsonNode.Parse(runner.Output("game", "playcanvas-apps")!)![0]!["app"]!["version"], Is.EqualTo("1.2.7"));
        Assert.That(runner.Summary, Does.Contain("| MySite | game | downloaded `").And.Contain($"published [MySite 1.2.7](<{NewestApp.Url}>)"));
    }

    [Test]
    public async Task A_workflow_whose_publish_fails_knows_it()
    {
        Site();
        Sandbox.Faults.On("POST", "/api/apps", Fault.Status(403));
        var runner = new GitHubRunner(this, Folder).With("secrets.PLAYCANVAS_ACCESS_TOKEN", Token!).With("github.run_number", "7");

        var results = await runner.RunAsync(Recipe.Read(Section, "GitHub Actions"));

        Assert.That(results.Select(result => result.ExitCode), Is.EqualTo([1]));
        Assert.That(runner.Output("game", "playcanvas-outcome"), Is.EqualTo("failed"));
        Assert.That(runner.Output("game", "playcanvas-app-id"), Is.Empty);
    }

    [Test]
    public async Task A_pipeline_of_Azure_sets_variables_for_its_next_step()
    {
        Site();
        var steps = (YamlSequenceNode)Recipe.Read(Section, "Azure Pipelines")["steps"];
        var first = await RunAsync(steps[0].Text("script")!.Replace("$(Build.ArtifactStagingDirectory)", Folder, StringComparison.Ordinal));

        // The agent turns these lines into variables, whose names are in upper case in the environment of the next step.
        var variables = Regex.Matches(first.StandardOutput, @"^##vso\[task\.setvariable variable=(\w+)\](.*)$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value.ToUpperInvariant(), match => (string?)match.Groups[2].Value);
        var second = await RunScriptAsync(Folder, steps[1].Text("script")!, variables);

        Assert.That(second.StandardOutput.Trim(), Is.EqualTo($"Version 1.0.0 is live at {NewestApp.Url}"), first.Output);
    }

    [Test]
    public async Task A_job_of_GitLab_passes_variables_to_the_next_job()
    {
        Site();
        var recipe = Recipe.Read(Section, "GitLab");
        var first = await RunAsync(Script(recipe["publish"]));
        var report = await File.ReadAllLinesAsync(Path.Combine(Folder, recipe["publish"]["artifacts"]["reports"].Text("dotenv")!));

        var second = await RunScriptAsync(Folder, Script(recipe["announce"]), report.Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => (string?)parts[1]));

        Assert.That(second.StandardOutput.Trim(), Is.EqualTo($"Version 1.0.0 is live at {NewestApp.Url}"), first.Output);
    }

    private static string Script(YamlNode job) => string.Join('\n', ((YamlSequenceNode)job["script"]).Select(line => ((YamlScalarNode)line).Value));

    private async Task<CommandResult> RunAsync(string script) =>
        await RunScriptAsync(Folder, script, new Dictionary<string, string?> { ["CI"] = "true", ["CI_PROJECT_DIR"] = Folder });

    /// <summary>Writes the project that the recipes name.</summary>
    private void Site()
    {
        var sources = Directory.CreateDirectory(Path.Combine(Folder, "src"));
        ConsumerProject.Console(this, "MySite").DownloadsOnBuild().PublishesOnPublish().Save();
        Directory.Move(Path.Combine(Folder, "MySite"), Path.Combine(sources.FullName, "MySite"));
    }
}

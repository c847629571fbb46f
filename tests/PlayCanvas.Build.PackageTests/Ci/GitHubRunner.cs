using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace PlayCanvas.Build.PackageTests.Ci;

/// <summary>
/// Stands in for the runner of GitHub Actions, as far as the recipes need it: expressions of the contexts <c>steps</c>, <c>secrets</c> and
/// <c>github</c>, conditions that compare an output with a text, and the files for outputs and summaries, which it reads by the rules of the
/// documentation of workflow commands.
/// </summary>
/// <param name="test">Runs the scripts.</param>
/// <param name="folder">The workspace.</param>
internal sealed partial class GitHubRunner(ConsumerFixture test, string folder)
{
    private readonly Dictionary<string, string> values = [];

    /// <summary>The summary of all steps, in Markdown.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Returns an output of a step; null when the step did not set it.</summary>
    public string? Output(string step, string name) => values.GetValueOrDefault($"steps.{step}.outputs.{name}");

    public GitHubRunner With(string expression, string value)
    {
        values[expression] = value;
        return this;
    }

    /// <summary>Runs steps and returns the results of those that ran.</summary>
    public async Task<IReadOnlyList<CommandResult>> RunAsync(YamlNode steps)
    {
        var results = new List<CommandResult>();
        foreach (var step in (YamlSequenceNode)steps)
        {
            if (step.Text("if") is not { } condition || IsMet(condition))
                results.Add(await RunStepAsync(step));
        }

        return results;
    }

    private async Task<CommandResult> RunStepAsync(YamlNode step)
    {
        var (outputs, summary) = (Path.Combine(folder, "step outputs"), Path.Combine(folder, "step summary"));
        await File.WriteAllTextAsync(outputs, "");
        await File.WriteAllTextAsync(summary, "");
        var environment = step.Environment().ToDictionary(variable => variable.Key, variable => (string?)Expand(variable.Value));
        (environment["GITHUB_ACTIONS"], environment["GITHUB_RUN_ID"], environment["CI"]) = ("true", "8123456789", "true");
        (environment["GITHUB_OUTPUT"], environment["GITHUB_STEP_SUMMARY"]) = (outputs, summary);
        var result = await test.RunScriptAsync(folder, Expand(step.Text("run")!), environment);

        foreach (var (name, value) in Parse(await File.ReadAllTextAsync(outputs)))
            values[$"steps.{step.Text("id")}.outputs.{name}"] = value;
        Summary += await File.ReadAllTextAsync(summary);
        return result;
    }

    private bool IsMet(string condition)
    {
        var match = Comparison().Match(condition);
        Assert.That(match.Success, Is.True, $"The stand-in does not know conditions like: {condition}");
        return values.GetValueOrDefault(match.Groups[1].Value, "") == match.Groups[2].Value;
    }

    private string Expand(string text) => Expression().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    /// <summary>Reads lines <c>name=value</c> and blocks <c>name&lt;&lt;delimiter</c>, and fails at anything else, as the runner does.</summary>
    private static IEnumerable<(string Name, string Value)> Parse(string text)
    {
        var lines = text.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            if (Block().Match(lines[line]) is { Success: true } block)
            {
                var end = Array.IndexOf(lines, block.Groups[2].Value, line + 1);
                Assert.That(end, Is.GreaterThan(0), $"The block of {block.Groups[1].Value} has no end.");
                yield return (block.Groups[1].Value, string.Join('\n', lines[(line + 1)..end]));
                line = end;
            }
            else if (lines[line].Length > 0)
            {
                var parts = lines[line].Split('=', 2);
                Assert.That(parts, Has.Length.EqualTo(2), $"Not an output: {lines[line]}");
                yield return (parts[0], parts[1]);
            }
        }
    }

    [GeneratedRegex(@"\$\{\{\s*([\w.-]+)\s*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^([\w.-]+)\s*==\s*'([^']*)'$")]
    private static partial Regex Comparison();

    [GeneratedRegex("^([^=]+?)<<(.+)$")]
    private static partial Regex Block();
}

using System.Text.RegularExpressions;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>What a person sees of a build in a terminal, where MSBuild's terminal logger is the default.</summary>
internal sealed partial class TerminalOutput
{
    /// <summary>The switch with which the terminal logger also writes to a file.</summary>
    public const string Switch = "-tl:on";

    /// <param name="result">The result of a build with <see cref="Switch"/>.</param>
    public TerminalOutput(CommandResult result)
    {
        var lines = ControlSequences().Replace(result.StandardOutput, "").Split('\n').Select(line => line.Trim()).ToList();
        Results = [.. lines.Select(line => ResultLine().Match(line)).Where(match => match.Success).Select(match => $"{match.Groups["project"]} -> {match.Groups["result"]}")];
        Targets = [.. lines.Select(line => LiveLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["target"].Value).Distinct()];
        Links = [.. Link().Matches(result.StandardOutput).Select(match => match.Groups["address"].Value)];
    }

    /// <summary>The lines that remain: each project, with what it resulted in.</summary>
    public IReadOnlyList<string> Results { get; }

    /// <summary>The names of targets that were shown while they ran. The logger looks thirty times a second, so it misses short ones.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The addresses behind texts.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Sequences that move the cursor, set colors, or surround a link.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?\x1b\\")]
    private static partial Regex ControlSequences();

    [GeneratedRegex(@"^(?<project>.+?) succeeded.* \([\d.]+s\) → (?<result>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ResultLine();

    [GeneratedRegex(@"^\S+( net[\d.]+)? +(?<target>[A-Za-z_].*) \([\d.]+s\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex LiveLine();

    [GeneratedRegex(@"\x1b\]8;;(?<address>[^\x1b]+)\x1b\\")]
    private static partial Regex Link();
}

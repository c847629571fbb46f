using System.Globalization;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>An error or a warning, as it stands in a line of the output.</summary>
internal sealed record OutputDiagnostic(string Code, string Text, string Line);

/// <summary>What came of a command.</summary>
internal sealed partial record CommandResult(IReadOnlyList<string> Arguments, int ExitCode, string StandardOutput, string StandardError, TimeSpan Elapsed)
{
    /// <summary>Everything that a person would see.</summary>
    public string Output => StandardOutput + StandardError;

    /// <summary>The lines up to MSBuild's summary, which says every error and warning a second time.</summary>
    public IReadOnlyList<string> Lines { get; } =
    [
        .. (StandardOutput + StandardError).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => line is not ("Build succeeded." or "Build FAILED.")),
    ];

    public IReadOnlyList<OutputDiagnostic> Errors => Diagnostics("error");

    public IReadOnlyList<OutputDiagnostic> Warnings => Diagnostics("warning");

    public void AssertSucceeded()
    {
        if (ExitCode != 0 || Errors.Count > 0)
            Assert.Fail($"{this} should succeed; it ended with {ExitCode.ToString(CultureInfo.InvariantCulture)}:\n{Output}");
    }

    /// <summary>It succeeded, and nobody was warned of anything.</summary>
    public void AssertClean()
    {
        AssertSucceeded();
        Assert.That(Warnings.Select(warning => warning.Line), Is.Empty, $"warnings of {this}");
    }

    /// <summary>It failed, with this one error and nothing else.</summary>
    public OutputDiagnostic AssertFailedWith(string code)
    {
        Assert.That(ExitCode, Is.EqualTo(1), $"exit code of {this}:\n{Output}");
        Assert.That(Errors.Select(error => error.Code), Is.EqualTo([code]), $"errors of {this}:\n{Output}");
        return Errors[0];
    }

    public override string ToString() => "dotnet " + string.Join(' ', Arguments);

    private List<OutputDiagnostic> Diagnostics(string category) =>
    [
        .. from line in Lines
           let match = DiagnosticLine().Match(line)
           where match.Success && match.Groups["category"].Value == category
           select new OutputDiagnostic(match.Groups["code"].Value, match.Groups["text"].Value, line),
    ];

    [GeneratedRegex(@"^(.*: )?(?<category>error|warning) (?<code>[A-Z]+\d+)?\s?: (?<text>.*?)( \[[^\[\]]*proj[^\[\]]*\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DiagnosticLine();
}

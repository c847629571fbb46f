using System.Globalization;
using System.Text.RegularExpressions;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>An error or a warning, parsed from a line of the output.</summary>
internal sealed record OutputDiagnostic(string Code, string Text, string Line);

/// <summary>The result of a command.</summary>
internal sealed partial record CommandResult(IReadOnlyList<string> Arguments, int ExitCode, string StandardOutput, string StandardError, TimeSpan Elapsed)
{
    /// <summary>The complete output.</summary>
    public string Output => StandardOutput + StandardError;

    /// <summary>The lines before MSBuild's summary, which repeats every error and warning.</summary>
    public IReadOnlyList<string> Lines { get; } =
    [
        .. (StandardOutput + StandardError).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => line is not ("Build succeeded." or "Build FAILED.")),
    ];

    public IReadOnlyList<OutputDiagnostic> Errors => Diagnostics("error");

    public IReadOnlyList<OutputDiagnostic> Warnings => Diagnostics("warning");

    /// <summary>
    /// Whether <c>dotnet</c> ended with 1 although neither an error nor MSBuild's summary says that the build failed.
    /// The client of an MSBuild server can lose the last answer of the server, above all on a busy machine, and then ends so after a build that succeeded
    /// (https://github.com/dotnet/msbuild/issues/14172; MSBuild 18.9 still does).
    /// </summary>
    public bool LacksTheAnswerOfTheServer => ExitCode == 1 && Errors.Count == 0 && !Output.Contains("Build FAILED", StringComparison.OrdinalIgnoreCase);

    public void AssertSucceeded()
    {
        if (ExitCode != 0 || Errors.Count > 0)
            Assert.Fail($"{this} should succeed; it ended with {ExitCode.ToString(CultureInfo.InvariantCulture)}:\n{Output}");
    }

    /// <summary>Asserts that the command succeeded without warnings.</summary>
    public void AssertClean()
    {
        AssertSucceeded();
        Assert.That(Warnings.Select(warning => warning.Line), Is.Empty, $"Warnings of {this}");
    }

    /// <summary>Asserts that the command failed with this error and no other. Returns the error.</summary>
    public OutputDiagnostic AssertFailedWith(string code)
    {
        Assert.That(ExitCode, Is.EqualTo(1), $"Exit code of {this}:\n{Output}");
        Assert.That(Errors.Select(error => error.Code), Is.EqualTo([code]), $"Errors of {this}:\n{Output}");
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

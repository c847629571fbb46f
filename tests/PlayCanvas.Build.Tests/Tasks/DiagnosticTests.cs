using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>
/// Tests that <c>DiagnosticTexts.resx</c> lists all codes. Each code has one text, which its task or target raises and its page quotes,
/// so that no code gets a second meaning.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed partial class DiagnosticTests
{
    private const string Placeholder = "…";

    private static readonly string Source = Path.Combine(Repository.Root, "src", "PlayCanvas.Build");

    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    /// <summary>All diagnostics in the list. The names of texts that are only parts of a diagnostic end with "Advice".</summary>
    private static IReadOnlyList<(string Code, string Text)> Texts { get; } =
    [
        .. XDocument.Load(Path.Combine(Source, "Tasks", "Diagnostics", "DiagnosticTexts.resx")).Root!.Elements("data")
            .Select(data => (data.Attribute("name")!.Value, data.Element("value")!.Value))
            .Where(text => !text.Item1.EndsWith("Advice", StringComparison.Ordinal)),
    ];

    /// <summary>The diagnostics that the targets raise, with a placeholder for each value.</summary>
    private static IReadOnlyList<(string Code, string HelpLink, string Text)> RaisedByTargets { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "build"), "*.targets")
            .SelectMany(file => XDocument.Load(file).Descendants())
            .Where(element => element.Name.LocalName is "Error" or "Warning")
            .Select(element => (
                element.Attribute("Code")?.Value ?? "",
                element.Attribute("HelpLink")?.Value ?? "",
                MSBuildExpression().Replace(element.Attribute("Text")?.Value ?? "", Placeholder))),
    ];

    private static IEnumerable<string> Codes => Texts.Select(text => text.Code);

    private static IEnumerable<MethodInfo> Factories =>
        typeof(Diagnostic).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.Name.StartsWith("With", StringComparison.Ordinal));

    [Test]
    public void CodesAreUniqueWellFormedAndInOrder()
    {
        Assert.That(Codes, Is.Unique);
        Assert.That(Codes, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(Codes, Has.All.Match("^PLAYCANVAS[01234][0-9]{3}$"));
    }

    [Test]
    public void EachCodeIsRaisedByATaskOrByATarget()
    {
        Assert.That(Factories.Select(factory => Make(factory).Code).Concat(RaisedByTargets.Select(raised => raised.Code).Distinct()), Is.EquivalentTo(Codes));
    }

    [Test]
    public void ATargetRaisesTheTextOfTheList()
    {
        Assert.That(RaisedByTargets, Is.Not.Empty);
        foreach (var (code, helpLink, text) in RaisedByTargets)
        {
            Assert.That(text, Is.EqualTo(WithPlaceholders(TextOf(code))), code);
            Assert.That(helpLink, Is.EqualTo($"$(_PlayCanvasHelpUrl){code}.md"), code);
        }
    }

    [TestCaseSource(nameof(Codes))]
    public void ThePageOfACodeQuotesItsText(string code)
    {
        var lines = File.ReadAllLines(Path.Combine(Pages, code + ".md"));

        Assert.That(lines[0], Does.StartWith($"# {code}: "));
        Assert.That(lines[2], Is.EqualTo($"> Error: {WithPlaceholders(TextOf(code))}").Or.EqualTo($"> Warning: {WithPlaceholders(TextOf(code))}"));
    }

    [Test]
    public void ThereAreNoOtherPages()
    {
        Assert.That(Directory.GetFiles(Pages, "*.md").Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(Codes.Append("README")));
    }

    [Test]
    public void TheListOfPagesNamesEachOnceByItsTitle()
    {
        var listed = File.ReadAllLines(Path.Combine(Pages, "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal));
        var titles = Codes.Select(code => (code, File.ReadLines(Path.Combine(Pages, code + ".md")).First().Split(": ", 2)[1]));

        Assert.That(listed, Is.EqualTo(titles.Select(page => $"| [{page.code}]({page.code}.md) | {page.Item2} |")));
    }

    [TestCaseSource(nameof(Codes))]
    public void ATextIsOneLineAndNamesWhatToDo(string code)
    {
        Assert.That(TextOf(code), Does.Not.Contain("\n").And.Not.Contain("Exception").And.Match("[.:}]$"));
    }

    [TestCaseSource(nameof(Factories))]
    public void AFactoryFillsItsText(MethodInfo factory)
    {
        var diagnostic = Make(factory);

        Assert.That(diagnostic.Text, Does.Not.Match(@"\{\d"));
        Assert.That(diagnostic.Text, Does.Not.Contain("\n"));
        foreach (var parameter in factory.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)))
            Assert.That(diagnostic.Text, Does.Contain($"the {parameter.Name}"));
    }

    [TestCaseSource(nameof(Factories))]
    public void AFactoryIsUsed(MethodInfo factory)
    {
        var sources = Directory.GetFiles(Path.Combine(Source, "Tasks"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "Diagnostic.cs");

        Assert.That(sources.Any(file => File.ReadAllText(file).Contains($"Diagnostic.{factory.Name}(")), Is.True);
    }

    [Test]
    public void TheHelpLinkLeadsToThePage()
    {
        Assert.That(Diagnostic.ProjectIdMissing().HelpLink, Does.Match("^https://.+/docs/diagnostics/PLAYCANVAS1001\\.md$"));
    }

    [Test]
    public void BracesInAValueAreLeftAlone()
    {
        Assert.That(Diagnostic.IdInvalid("PlayCanvasProjectId", "{0}{9}").Text, Does.Contain("{0}{9}"));
    }

    [Test]
    public void AValueOfSeveralLinesMakesOne()
    {
        Assert.That(Diagnostic.SceneNotFound("a\r\nb", "c\td").Text, Does.Contain("a  b").And.Contain("c d"));
    }

    [Test]
    public void NumbersAreWrittenTheSameEverywhere()
    {
        using var scope = new CultureScope("de-DE");

        Assert.That(Diagnostic.LengthInvalid("PlayCanvasAppDescription", 12_345, 1, 10_000).Text, Does.Contain("12,345").And.Contain("10,000"));
    }

    private static string TextOf(string code) => Texts.FirstOrDefault(text => text.Code == code).Text ?? $"({code} is not in the list)";

    private static string WithPlaceholders(string text) => FormatItem().Replace(text, Placeholder);

    private static DiagnosticMessage Make(MethodInfo factory) =>
        (DiagnosticMessage)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!;

    private static object Argument(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(string))
            return $"the {parameter.Name}";
        return parameter.ParameterType.IsAssignableFrom(typeof(string[]))
            ? new[] { $"the {parameter.Name}" }
            : Convert.ChangeType(7, parameter.ParameterType, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{\d(:\w+)?\}")]
    private static partial Regex FormatItem();

    [GeneratedRegex(@"[$@%]\([^)]*\)")]
    private static partial Regex MSBuildExpression();
}

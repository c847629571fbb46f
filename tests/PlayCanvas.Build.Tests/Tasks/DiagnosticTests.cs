using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Tasks.Diagnostics;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Each code has a text, a page, a place in the list of pages, and somebody who raises it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DiagnosticTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src", "PlayCanvas.Build");

    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    private const string CodePattern = "^PLAYCANVAS[01234][0-9]{3}$";

    /// <summary>Raised by the targets, mostly before any task of ours runs.</summary>
    private static readonly IReadOnlyList<string> CodesOfTargets =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "build"))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "Code=\"(PLAYCANVAS[^\"]*)\"").Select(match => match.Groups[1].Value)),
    ];

    private static IReadOnlyList<(string Code, string Text)> Texts { get; } =
    [
        .. XDocument.Load(Path.Combine(Source, "Tasks", "Diagnostics", "DiagnosticTexts.resx")).Root!.Elements("data")
            .Select(data => (data.Attribute("name")!.Value, data.Element("value")!.Value)),
    ];

    private static IEnumerable<string> CodesOfTasks => Texts.Select(text => text.Code).Where(name => !name.EndsWith("Advice", StringComparison.Ordinal));

    private static IEnumerable<string> Codes => CodesOfTasks.Union(CodesOfTargets);

    private static IEnumerable<MethodInfo> Factories =>
        typeof(Diagnostic).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.Name.StartsWith("With", StringComparison.Ordinal));

    [Test]
    public void CodesAreUniqueAndWellFormed()
    {
        Assert.That(CodesOfTasks, Is.Unique);
        Assert.That(Codes, Has.All.Match(CodePattern));
    }

    [Test]
    public void CodesAreInOrder()
    {
        Assert.That(CodesOfTasks, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [TestCaseSource(nameof(Codes))]
    public void ACodeHasAPageThatIsListed(string code)
    {
        var page = Path.Combine(Pages, code + ".md");

        Assert.That(page, Does.Exist);
        Assert.That(File.ReadAllText(page), Does.Contain(code));
        Assert.That(File.ReadAllText(Path.Combine(Pages, "README.md")), Does.Contain($"[{code}]({code}.md)"));
    }

    [Test]
    public void EachPageIsOfACode()
    {
        var pages = Directory.GetFiles(Pages, "PLAYCANVAS*.md").Select(Path.GetFileNameWithoutExtension);

        Assert.That(pages, Is.EquivalentTo(Codes));
    }

    [TestCaseSource(nameof(CodesOfTasks))]
    public void ATextIsOneLineAndNamesWhatToDo(string code)
    {
        var text = Texts.Single(text => text.Code == code).Text;

        Assert.That(text, Does.Not.Contain("\n").And.Not.Contain("Exception").And.Match("[.:}]$"));
    }

    [TestCaseSource(nameof(Factories))]
    public void AFactoryFillsItsText(MethodInfo factory)
    {
        var diagnostic = Make(factory);

        Assert.That(CodesOfTasks, Does.Contain(diagnostic.Code));
        Assert.That(diagnostic.Text, Does.Not.Match(@"\{\d"));
        Assert.That(diagnostic.Text, Does.Not.Contain("\n"));
        foreach (var parameter in factory.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)))
            Assert.That(diagnostic.Text, Does.Contain($"the {parameter.Name}"));
    }

    [Test]
    public void EachCodeHasOneFactory()
    {
        Assert.That(Factories.Select(factory => Make(factory).Code), Is.EquivalentTo(CodesOfTasks));
    }

    [TestCaseSource(nameof(Factories))]
    public void EachCodeIsRaised(MethodInfo factory)
    {
        var sources = Directory.GetFiles(Path.Combine(Source, "Tasks"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "Diagnostic.cs");

        Assert.That(
            CodesOfTargets.Contains(Make(factory).Code) || sources.Any(file => File.ReadAllText(file).Contains($"Diagnostic.{factory.Name}(")),
            Is.True);
    }

    [Test]
    public void TheHelpLinkLeadsToThePage()
    {
        Assert.That(Diagnostic.ProjectIdMissing().HelpLink, Does.Match("^https://.+/docs/diagnostics/PLAYCANVAS1001\\.md$"));
    }

    [Test]
    public void BracesInAValueAreLeftAlone()
    {
        Assert.That(Diagnostic.ProjectIdInvalid("{0}{9}").Text, Does.Contain("{0}{9}"));
    }

    [Test]
    public void AValueOfSeveralLinesMakesOne()
    {
        Assert.That(Diagnostic.SceneNotFound("a\r\nb", "c\td").Text, Does.Contain("a  b").And.Contain("c d"));
    }

    [Test]
    public void NumbersAreWrittenTheSameEverywhere()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            Assert.That(Diagnostic.AppDescriptionTooLong(12_345, 10_000).Text, Does.Contain("12,345").And.Contain("10,000"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static DiagnosticMessage Make(MethodInfo factory) =>
        (DiagnosticMessage)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!;

    private static object Argument(ParameterInfo parameter) => parameter.ParameterType == typeof(string)
        ? $"the {parameter.Name}"
        : Convert.ChangeType(7, parameter.ParameterType, CultureInfo.InvariantCulture);
}

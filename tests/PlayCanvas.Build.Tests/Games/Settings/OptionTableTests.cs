using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tests.Games.Settings;

/// <summary>Compares the table of options with the MSBuild files and with the documentation, in both directions.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class OptionTableTests
{
    private static readonly XDocument Props = XDocument.Load(Repository.PathOf("build/PlayCanvas.Build.props"));

    private static readonly IReadOnlyList<XElement> Targets =
        [.. Directory.GetFiles(Repository.PathOf("build"), "*.targets").SelectMany(file => XDocument.Load(file).Descendants())];

    /// <summary>The rows of the tables of properties in the documentation: the properties, their meaning and their default.</summary>
    private static readonly IReadOnlyList<(string Property, string Meaning, string Default)> Documented =
    [
        .. from line in File.ReadLines(Repository.PathOf("docs/properties.md"))
           let cells = line.Split('|')
           where cells.Length == 5 && cells[1].Contains("`PlayCanvas", StringComparison.Ordinal) && !IsOfATarget(cells)
           from Match name in CodeSpan().Matches(cells[1])
           where name.Groups[1].Value.StartsWith(Option.PropertyPrefix, StringComparison.Ordinal)
           select (name.Groups[1].Value, cells[2].Trim(), cells[3].Trim()),
    ];

    private static IEnumerable<Option> Rows => Options.All;

    [Test]
    public void Every_option_of_a_game_is_metadata_with_its_property_as_default() =>
        Assert.That(Definitions("PlayCanvasGame"), Is.EquivalentTo(Rows.Where(row => row.Scope != OptionScope.Project).Select(Definition)));

    [Test]
    public void Every_option_of_the_connection_is_metadata_of_a_connection() =>
        Assert.That(Definitions("PlayCanvasConnection"), Is.EquivalentTo(Rows.Where(row => row.Scope == OptionScope.Connection).Select(Definition)));

    [Test]
    public void Everything_that_makes_another_game_or_other_files_is_compared()
    {
        var compared = Props.Descendants("_PlayCanvasComparedMetadata").Single().Value.Split('\n');
        Assert.That(compared, Is.EquivalentTo(Rows.Where(row => row.IsCompared || row.ChangesFiles).Select(row => $"{row.Name}=%({row.Name})")));
    }

    [Test]
    public void Whatever_changes_an_export_is_compared() =>
        Assert.That(Rows.Where(row => (row.Use & OptionUse.Download) != 0 && !row.IsCompared), Is.Empty);

    [Test]
    public void DefaultsInTheTargetsAreThoseOfTheTable()
    {
        var defaults = Targets
            .Where(element => element.Parent?.Name == "PropertyGroup" && element.Attribute("Condition")?.Value == $"'$({element.Name})' == ''" && !element.Value.Contains("$("))
            .Where(element => element.Name.LocalName.StartsWith(Option.PropertyPrefix, StringComparison.Ordinal))
            .ToDictionary(element => element.Name.LocalName, element => element.Value);
        var used = Rows.Where(row => row is { Scope: OptionScope.Project, Default: not null }).Append(Options.AccessTokenVariable);
        Assert.That(defaults, Is.EquivalentTo(used.ToDictionary(row => row.Property, row => row.Default)));
    }

    [Test]
    public void The_targets_use_only_properties_of_the_table()
    {
        var used = Targets.SelectMany(element => element.Attributes().Select(attribute => attribute.Value).Append(element.HasElements ? "" : element.Value))
            .SelectMany(text => PropertyReference().Matches(text).Select(match => match.Groups[1].Value))
            .Distinct();
        Assert.That(used.Except(NameCheck.OtherProperties), Is.SubsetOf(Rows.Select(row => row.Property)));
    }

    [Test]
    public void Every_option_of_the_project_is_used_by_the_targets()
    {
        var texts = string.Join("\n", Targets.Select(element => element.ToString()));
        Assert.That(Rows.Where(row => row.Scope == OptionScope.Project && !texts.Contains($"$({row.Property}", StringComparison.Ordinal)).Select(row => row.Property), Is.Empty);
    }

    [Test]
    public void Every_property_is_documented_once() =>
        Assert.That(
            Documented.Select(row => row.Property),
            Is.EquivalentTo(Rows.Where(row => row.HasProperty && row.Property.StartsWith(Option.PropertyPrefix, StringComparison.Ordinal)).Select(row => row.Property)));

    [TestCaseSource(nameof(Rows))]
    public void TheDocumentationNamesTheDefault(object row)
    {
        var option = (Option)row;
        if (option.Default is not null && DocumentationOf(option) is { } documented)
            Assert.That(documented.Default, Does.Contain(option.Default));
    }

    [TestCaseSource(nameof(Rows))]
    public void TheDocumentationNamesLimitsAndChoices(object row)
    {
        var option = (Option)row;
        if (DocumentationOf(option) is not { } documented)
            return;

        if (option is { Kind: OptionKind.Text, Max: < int.MaxValue })
            Assert.That(documented.Meaning, Does.Contain(option.Max.ToString("N0", CultureInfo.InvariantCulture)));
        foreach (var choice in option.Choices)
            Assert.That(documented.Meaning, Does.Contain($"`{choice}`"));
    }

    [Test]
    public void NamesAndFieldsAreUnique()
    {
        Assert.That(Rows.Select(row => row.Name), Is.Unique);
        Assert.That(Rows.Select(row => row.Field).OfType<string>(), Is.Unique);
    }

    private static (string Property, string Meaning, string Default)? DocumentationOf(Option option) =>
        Documented.Where(row => row.Property == option.Property).Select(row => ((string, string, string)?)row).SingleOrDefault();

    /// <summary>Whether a row describes a target, whose name may also be that of a property: its second cell says what the target returns.</summary>
    private static bool IsOfATarget(string[] cells) => cells[2].Trim() is "" || cells[2].Contains("`@(PlayCanvas", StringComparison.Ordinal);

    private static (string, string) Definition(Option row) => (row.Name, row.HasProperty ? $"$({row.Property})" : row.Default!);

    private static IEnumerable<(string, string)> Definitions(string item) =>
        Props.Descendants("ItemDefinitionGroup").Elements(item).Elements().Select(metadata => (metadata.Name.LocalName, metadata.Value));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\$\((PlayCanvas\w+)")]
    private static partial Regex PropertyReference();
}

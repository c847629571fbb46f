using System.Xml;
using System.Xml.Linq;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Games.Settings;

/// <summary>
/// Finds misspelt names: MSBuild ignores a property or metadata that nothing reads, so that a misspelt option would silently have no effect.
/// </summary>
/// <param name="ownNames">Names that belong to the project itself.</param>
internal sealed class NameCheck(IEnumerable<string> ownNames)
{
    private const string GameItem = Option.PropertyPrefix + "Game";
    private const string ConnectionItem = Option.PropertyPrefix + "Connection";
    private const string BudgetItem = Option.PropertyPrefix + "Budget";
    private const string ExcludeAttribute = "Exclude";
    private const int MaxDistance = 3;

    /// <summary>The targets that projects extend by a property with their name and the suffix <c>DependsOn</c>.</summary>
    private static readonly string[] Targets =
    [
        "PlayCanvasDownloadApp", "PlayCanvasPublishApp", "PlayCanvasCreateCheckpoint", "PlayCanvasSetPrimaryApp", "PlayCanvasDeleteApps",
        "PlayCanvasArchiveProject", "PlayCanvasClean", "PlayCanvasPack", "PlayCanvasStatus", "PlayCanvasSizeReport",
        "PlayCanvasListApps", "PlayCanvasListScenes", "PlayCanvasListBranches", "PlayCanvasListCheckpoints", "PlayCanvasListBuilds", "PlayCanvasListAssets",
    ];

    private static readonly string[] Items =
    [
        GameItem, ConnectionItem, BudgetItem, "PlayCanvasGameFile", "PlayCanvasApp", "PlayCanvasContentType", "PlayCanvasStatus", "PlayCanvasSizeReport", "PlayCanvasPackedGame",
        "PlayCanvasScene", "PlayCanvasBranch", "PlayCanvasCheckpoint", "PlayCanvasBuild", "PlayCanvasAsset", "PlayCanvasArchive",
    ];

    /// <summary>The attributes of an item that are not metadata.</summary>
    private static readonly string[] ItemAttributes =
    [
        "Include", ExcludeAttribute, "Remove", "Update", "Condition", "Label", "KeepMetadata", "RemoveMetadata", "KeepDuplicates", "MatchOnMetadata", "MatchOnMetadataOptions",
    ];

    /// <summary>Properties that are not options: the lists of targets that projects extend, and one that must not be set, which is an error elsewhere.</summary>
    public static IReadOnlyList<string> OtherProperties { get; } = [.. Targets.Select(target => target + "DependsOn"), "PlayCanvasAccessToken"];

    private readonly HashSet<string> own = new(ownNames, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the unknown names among global properties.</summary>
    public IEnumerable<UnknownName> InProperties(IEnumerable<string> names) =>
        names.Where(IsOurs).Select(name => Check(name, PropertyNames, line: 0)).OfType<UnknownName>();

    /// <summary>
    /// Returns the lines of items whose attribute <c>Exclude</c> was meant as metadata: MSBuild takes it for a list of items that are not included, which
    /// has no effect on an item that is included by its name.
    /// </summary>
    /// <param name="project">The project file, loaded with line numbers.</param>
    public IEnumerable<int> ExcludeAttributesIn(XDocument project) =>
        from item in project.Descendants()
        where MetadataNames(item.Name.LocalName).Contains(ExcludeAttribute) && !own.Contains(ExcludeAttribute)
        let excluded = item.Attribute(ExcludeAttribute)
        where excluded is not null && item.Attribute("Include")?.Value.IndexOfAny(['@', '$', '*', '?', ';']) == -1
        select LineOf(excluded);

    /// <summary>Returns the unknown names of properties, of items and of their metadata in a project file.</summary>
    /// <param name="project">The project file, loaded with line numbers.</param>
    public IEnumerable<UnknownName> InProject(XDocument project) => project.Descendants().SelectMany(InElement);

    private static IEnumerable<string> PropertyNames => Options.All.Where(option => option.HasProperty).Select(option => option.Property).Concat(OtherProperties);

    private static bool IsOurs(string name) => name.StartsWith(Option.PropertyPrefix, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<UnknownName> InElement(XElement element)
    {
        var name = element.Name.LocalName;
        var found = element.Parent?.Name.LocalName switch
        {
            "PropertyGroup" when IsOurs(name) => [Check(name, PropertyNames, LineOf(element))],
            "ItemGroup" or "ItemDefinitionGroup" when IsOurs(name) => MetadataOf(element)
                .Select(metadata => Check(metadata.Name, MetadataNames(name), metadata.Line))
                .Prepend(Check(name, Items, LineOf(element))),
            _ => Enumerable.Empty<UnknownName?>(),
        };
        return found.OfType<UnknownName>();
    }

    /// <summary>The metadata that the package reads from an item; empty for an item whose metadata belong to the project.</summary>
    private static IReadOnlyList<string> MetadataNames(string item)
    {
        if (Is(item, ConnectionItem))
            return [.. Options.All.Where(option => option.Scope == OptionScope.Connection).Select(option => option.Name)];
        if (Is(item, BudgetItem))
            return Budget.Metadata;
        return Is(item, GameItem) ? [.. Options.All.Where(option => option.Scope != OptionScope.Project).Select(option => option.Name)] : [];
    }

    private static bool Is(string name, string item) => name.Equals(item, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, int Line)> MetadataOf(XElement item)
    {
        if (MetadataNames(item.Name.LocalName).Count == 0)
            return [];
        var attributes = item.Attributes().Where(attribute => !ItemAttributes.Contains(attribute.Name.LocalName, StringComparer.OrdinalIgnoreCase));
        return attributes.Select(attribute => (attribute.Name.LocalName, LineOf(attribute)))
            .Concat(item.Elements().Select(element => (element.Name.LocalName, LineOf(element))));
    }

    private static int LineOf(IXmlLineInfo info) => info.HasLineInfo() ? info.LineNumber : 0;

    private UnknownName? Check(string name, IEnumerable<string> known, int line)
    {
        var names = known.ToList();
        if (own.Contains(name) || names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        return new UnknownName(name, NearestTo(name, names), line);
    }

    /// <summary>Returns the known name that differs least; null when none is similar.</summary>
    private static string? NearestTo(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Distance: Spelling.DistanceOf(name, candidate)))
        .Where(candidate => candidate.Distance <= MaxDistance || candidate.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();
}

/// <summary>A name that the package does not know.</summary>
/// <param name="Name">The name.</param>
/// <param name="Nearest">The known name that differs least; null when none is similar.</param>
/// <param name="Line">The line in the project file, from 1; 0 when there is none.</param>
internal sealed record UnknownName(string Name, string? Nearest, int Line);

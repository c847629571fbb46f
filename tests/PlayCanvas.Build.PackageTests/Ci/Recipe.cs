using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PlayCanvas.Build.PackageTests.Ci;

/// <summary>Reads the recipes for CI systems as they stand in <c>docs/ci.md</c>.</summary>
internal static class Recipe
{
    /// <summary>Returns a recipe as YAML.</summary>
    /// <param name="heading">The heading above it.</param>
    /// <param name="system">The comment in its first line.</param>
    public static YamlNode Read(string heading, string system)
    {
        var section = File.ReadAllText(Repository.PathOf("docs/ci.md")).Replace("\r", "", StringComparison.Ordinal).Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        var block = Regex.Matches(section, "```yaml\n(.*?)```", RegexOptions.Singleline).Single(match => match.Groups[1].Value.StartsWith($"# {system}\n", StringComparison.Ordinal));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(block.Groups[1].Value));
        return yaml.Documents[0].RootNode;
    }

    /// <summary>Returns a text of a mapping; null when the mapping does not have it.</summary>
    public static string? Text(this YamlNode node, string name) => node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var value) ? ((YamlScalarNode)value).Value : null;

    /// <summary>Returns the variables that a step sets.</summary>
    public static Dictionary<string, string> Environment(this YamlNode step) => step is YamlMappingNode mapping && mapping.Children.TryGetValue("env", out var variables)
        ? ((YamlMappingNode)variables).ToDictionary(variable => ((YamlScalarNode)variable.Key).Value!, variable => ((YamlScalarNode)variable.Value).Value!)
        : [];
}

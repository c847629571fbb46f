using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>
/// What a game requests before it shows its first frame: its page, what the page names, the scripts that start it, the engine, the configuration, the
/// first scene, the modules and the assets that are preloaded. Of a texture with variants, this is the one that a desktop browser requests.
/// </summary>
internal static class FirstFrame
{
    /// <summary>The variants, the preferred ones of a desktop browser first. Without any of them, it requests the original.</summary>
    private static readonly string[] DesktopVariants = ["dxt", "basis"];

    /// <summary>Returns the paths of the files.</summary>
    /// <param name="content">The content.</param>
    /// <param name="config">Its configuration; null when it has none.</param>
    /// <param name="modules">Its modules.</param>
    public static HashSet<string> PathsOf(GameContent content, GameConfig? config, IReadOnlyList<GameModule> modules)
    {
        var names = new HashSet<string>(content.Manifest.Files.Select(file => file.Path), StringComparer.Ordinal);
        var paths = new[] { ExportLayout.Page, ExportLayout.Config }
            .Concat(content.ReadText(ExportLayout.Page) is { } page ? GamePage.PathsOfScriptsAndStyles(page) : [])
            .Concat(names.Where(ExportLayout.IsBootstrap))
            .Concat(ExportLayout.EngineFiles.Where(names.Contains).Take(1))
            .Concat((config?.ScenePaths ?? []).Take(1))
            .Concat(modules.Where(module => module.Preload).SelectMany(module => module.Paths))
            .Concat((config?.Assets ?? []).Where(asset => asset.Preload).SelectMany(asset => RequestedOf(asset, names)));
        var found = new HashSet<string>(paths, StringComparer.Ordinal);
        found.IntersectWith(names);
        return found;
    }

    /// <summary>Returns the files that a desktop browser requests of an asset: one variant, with all its pages.</summary>
    private static IEnumerable<string> RequestedOf(GameAsset asset, HashSet<string> names)
    {
        if (asset.Files.Count <= 1)
            return asset.Files.SelectMany(file => file.PagePaths);

        var there = asset.Files.Where(file => names.Contains(file.Path)).ToList();
        var requested = DesktopVariants.Select(variant => there.FirstOrDefault(file => file.Variant == variant)).FirstOrDefault(file => file is not null)
            ?? there.FirstOrDefault(file => file.Variant is null)
            ?? there.FirstOrDefault();
        return requested?.PagePaths ?? [];
    }
}

using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>What the files of a game are, in the words of reports and budgets.</summary>
internal static class SizeGroup
{
    public const string Engine = "engine";
    public const string Scripts = "scripts";
    public const string Modules = "modules";
    public const string Scenes = "scenes";
    public const string Textures = "textures";
    public const string Models = "models";
    public const string Animations = "animations";
    public const string Audio = "audio";
    public const string Fonts = "fonts";
    public const string Texts = "texts";
    public const string Other = "other";

    /// <summary>All groups, in the order of a report.</summary>
    public static IReadOnlyList<string> All { get; } = [Engine, Scripts, Modules, Scenes, Textures, Models, Animations, Audio, Fonts, Texts, Other];

    /// <summary>Returns the group of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="assetType">The type of the asset that it belongs to; null for a file that is not an asset.</param>
    public static string Of(string path, string? assetType) => assetType is null ? OfPath(path) : OfAsset(path, assetType);

    private static string OfAsset(string path, string type) => type switch
    {
        "script" => IsModule(path) ? Modules : Scripts,
        "wasm" => Modules,
        "scene" => Scenes,
        "texture" or "textureatlas" or "cubemap" or "sprite" => Textures,
        "model" or "container" or "render" or "template" or "gsplat" or "scene-optimized" => Models,
        "animation" or "animstategraph" or "anim" => Animations,
        "audio" => Audio,
        "font" => Fonts,
        "text" or "json" or "html" or "css" or "shader" => Texts,
        _ => Other,
    };

    private static string OfPath(string path) => IsModule(path) ? Modules : ExportLayout.PartOf(path) switch
    {
        GamePart.Engine => Engine,
        GamePart.Scripts => Scripts,
        GamePart.Scenes => Scenes,
        _ => Other,
    };

    /// <summary>The files of a module, by the names that the Editor gives them, also when the module is not listed.</summary>
    private static bool IsModule(string path) => path.EndsWith(".wasm", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".wasm.js", StringComparison.OrdinalIgnoreCase);
}

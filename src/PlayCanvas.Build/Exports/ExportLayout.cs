namespace PlayCanvas.Build.Exports;

/// <summary>What an export consists of: the names of its files, which of them must exist, and which part of the game they are.</summary>
internal static class ExportLayout
{
    /// <summary>The page of a game.</summary>
    public const string Page = "index.html";

    /// <summary>The configuration of a game, which names its other files: <see cref="GameConfig"/>.</summary>
    public const string Config = "config.json";

    /// <summary>The file that only a source project has at its root.</summary>
    public const string SourceManifest = "package.json";

    /// <summary>The scripts that are modules, if they are bundled.</summary>
    public const string ModuleBundle = "js/esm.mjs";

    private const string ClassicEngine = "playcanvas-stable.min.js";
    private const string ModuleEngine = "js/playcanvas-stable.min.mjs";
    private const string ModuleEntry = "js/index.mjs";
    private const string ModuleFolder = "js/";
    private const string ScriptExtension = ".js";
    private const string ModuleExtension = ".mjs";
    private const string MapExtension = ".map";
    private const string SceneExtension = ".json";

    /// <summary>
    /// The beginning of the addresses in the configuration of scripts that are rewritten when a game is exported: their hashes and sizes are those
    /// of the sources, and the files may be absent.
    /// </summary>
    public const string RewrittenScripts = "./js/";

    /// <summary>Every export, of a game or of a source project, contains one of these files at its root.</summary>
    public static IReadOnlyList<string> RootFiles { get; } = [Page, SourceManifest];

    /// <summary>The files that may contain the engine; the first one that exists does.</summary>
    public static IReadOnlyList<string> EngineFiles { get; } = [ClassicEngine, ModuleEngine, ModuleEntry];

    /// <summary>Whether an export with these files is a Vite project, which must be built before it can be served.</summary>
    public static bool IsSource(ICollection<string> names) => names.Contains(SourceManifest) && !names.Contains(Config);

    /// <summary>Returns what a game with these files lacks: file names, or alternatives.</summary>
    public static IReadOnlyList<string> MissingFrom(ICollection<string> names)
    {
        var missing = new[] { Page, Config }.Where(name => !names.Contains(name)).ToList();
        if (!names.Contains(ClassicEngine) && !names.Contains(ModuleEntry))
            missing.Add($"{ClassicEngine} or {ModuleEntry}");
        return missing;
    }

    /// <summary>
    /// Whether a file may belong to an asset alone. What is at the root of an export, or directly in the folder of the modules, is part of the game
    /// itself, even if assets name it: concatenated scripts are.
    /// </summary>
    public static bool IsAssetFile(string name) => name.Contains('/') && (!name.StartsWith(ModuleFolder, StringComparison.Ordinal) || name.IndexOf('/', ModuleFolder.Length) >= 0);

    /// <summary>Whether a file is a script, or contains scripts beside the engine.</summary>
    public static bool IsScript(string name) => name == ModuleEntry || PartOf(name) == GamePart.Scripts;

    /// <summary>Whether a file is the source map of a script.</summary>
    public static bool IsSourceMap(string name) => name.EndsWith(ScriptExtension + MapExtension, StringComparison.OrdinalIgnoreCase) || name.EndsWith(ModuleExtension + MapExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is one of the scripts that start a game: <c>__start__.js</c> and the like, or a module beside the entry.</summary>
    public static bool IsBootstrap(string name)
    {
        var isModule = name.StartsWith(ModuleFolder, StringComparison.Ordinal) && name.IndexOf('/', ModuleFolder.Length) < 0;
        return isModule
            ? name.EndsWith(ModuleExtension, StringComparison.Ordinal) || name.EndsWith(ScriptExtension, StringComparison.Ordinal)
            : name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__" + ScriptExtension, StringComparison.Ordinal);
    }

    /// <summary>Returns the part of a game that an exported file belongs to.</summary>
    public static GamePart PartOf(string name)
    {
        if (EngineFiles.Contains(name))
            return GamePart.Engine;
        if (name.EndsWith(ScriptExtension, StringComparison.OrdinalIgnoreCase) || name.EndsWith(ModuleExtension, StringComparison.OrdinalIgnoreCase) || name.StartsWith(ModuleFolder, StringComparison.Ordinal))
            return GamePart.Scripts;
        if (name.Contains('/') || name == Config)
            return GamePart.Assets;
        return IsScene(name) ? GamePart.Scenes : GamePart.Page;
    }

    private static bool IsScene(string name) =>
        name.EndsWith(SceneExtension, StringComparison.Ordinal) && name.Length > SceneExtension.Length && name.Take(name.Length - SceneExtension.Length).All(char.IsDigit);
}

/// <summary>The parts of a game, by which a build says what has changed.</summary>
internal enum GamePart
{
    /// <summary>The page and what surrounds the game: everything that does not belong to another part.</summary>
    Page,

    /// <summary>The engine.</summary>
    Engine,

    /// <summary>The scripts of the game, and those that start it.</summary>
    Scripts,

    /// <summary>The scenes.</summary>
    Scenes,

    /// <summary>The assets, and the configuration that lists them.</summary>
    Assets,
}

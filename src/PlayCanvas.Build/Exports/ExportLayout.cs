using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Exports;

/// <summary>What an export consists of: the names of its files, which of them must exist, and in which order they are installed.</summary>
internal static class ExportLayout
{
    /// <summary>The page of a game.</summary>
    public const string Page = "index.html";

    /// <summary>The configuration of a game, which names its other files: <see cref="GameConfig"/>.</summary>
    public const string Config = "config.json";

    /// <summary>The file that only a source project has at its root.</summary>
    public const string SourceManifest = "package.json";

    private const string ClassicEngine = "playcanvas-stable.min.js";
    private const string ModuleEngine = "js/playcanvas-stable.min.mjs";
    private const string ModuleEntry = "js/index.mjs";

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
    /// Returns the place of a file in the order of installation. The files at the root, such as the page, lead a browser to the others, so they
    /// come after those in folders; the configuration leads to most files and comes last.
    /// </summary>
    public static int InstallOrder(string path) => path == Config ? 2 : path.Contains('/') ? 0 : 1;
}

using System.Text.RegularExpressions;

namespace PlayCanvas.Build.Exports;

/// <summary>A WebAssembly module of a game, such as the physics engine.</summary>
/// <param name="Paths">The files of the module: the script that loads it, and the WebAssembly.</param>
/// <param name="Fallback">The script for browsers without WebAssembly; null when there is none.</param>
/// <param name="Preload">Whether the game loads the module before it starts.</param>
internal sealed record GameModule(IReadOnlyList<string> Paths, string? Fallback, bool Preload)
{
    private const string ListName = "PRELOAD_MODULES";

    /// <summary>A member of a module, in quotation marks of either kind, or without any, as exports of different years write it.</summary>
    private static readonly Regex Member = new(
        """['"]?\b(?<name>glueUrl|wasmUrl|fallbackUrl|preload)\b['"]?\s*:\s*(?:'(?<value>[^']*)'|"(?<value>[^"]*)"|(?<value>\w+|!\d))""", RegexOptions.CultureInvariant);

    /// <summary>The files that may list the modules; the first one that does is the right one.</summary>
    public static IReadOnlyList<string> ListFiles { get; } = ["__settings__.js", "js/__settings__.mjs", "js/index.mjs"];

    /// <summary>Returns the modules that a script lists; null when it contains no such list.</summary>
    public static IReadOnlyList<GameModule>? ListIn(string script)
    {
        var start = script.IndexOf(ListName, StringComparison.Ordinal);
        var end = start < 0 ? -1 : script.IndexOf(']', start);
        return end < 0 ? null : [.. script.Substring(start, end - start).Split('}').Select(Read).Where(module => module.Paths.Count > 0)];
    }

    private static GameModule Read(string text)
    {
        var members = Member.Matches(text).Cast<Match>().ToLookup(member => member.Groups["name"].Value, member => member.Groups["value"].Value);
        return new GameModule(
            [.. members["glueUrl"].Concat(members["wasmUrl"]).Select(GameConfig.PathOf).OfType<string>()],
            members["fallbackUrl"].Select(GameConfig.PathOf).FirstOrDefault(),
            members["preload"].FirstOrDefault() is "true" or "!0");
    }
}

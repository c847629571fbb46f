using Newtonsoft.Json;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Exclude;

/// <summary>
/// Finds what still names the assets that are left out of a game: scripts by the name or the id, scenes and other assets by the id. It searches
/// texts, so it does not find a name that a script puts together, and may find one that is not that of the asset.
/// </summary>
/// <param name="whole">The whole content.</param>
/// <param name="excluded">The assets that are left out.</param>
/// <param name="config">The configuration of the whole content.</param>
internal sealed class MentionSearch(GameContent whole, ExcludedAssets excluded, ConfigText config)
{
    private const int MaxMentions = 10;

    private readonly HashSet<string> exported = [.. whole.Manifest.Files.Select(file => file.Exported.Name)];
    private readonly TextSearch search = new(excluded.All);

    /// <summary>Searches the files that stay in the game. Returns the first mentions, and the number of the others.</summary>
    public IReadOnlyList<string> Run(IReadOnlyList<GameFile> files)
    {
        var sceneNames = whole.Manifest.Facts.Scenes.GroupBy(scene => scene.Path).ToDictionary(scenes => scenes.Key, scenes => scenes.First().Name);
        var kept = new HashSet<string>(files.Select(file => file.Exported.Name));
        var mentions = files.Where(file => ExportLayout.IsScript(file.Exported.Name)).SelectMany(InScript)
            .Concat(files.Where(file => sceneNames.ContainsKey(file.Exported.Name)).SelectMany(file => InScene(file, sceneNames[file.Exported.Name])))
            .Concat(excluded.Kept.SelectMany(asset => InAsset(asset.Index, asset.Asset)))
            .Concat(excluded.All.SelectMany(asset => ExcludedAssets.FilesOf(asset).Where(kept.Contains).Select(file => $"{file} still contains {NameOf(asset)}")))
            .Concat(excluded.All.Where(asset => kept.Contains(ExportLayout.ModuleBundle) && IsBundled(asset)).Select(asset => $"{ExportLayout.ModuleBundle} still contains {NameOf(asset)}"))
            .Distinct()
            .ToList();
        var others = mentions.Count - MaxMentions;
        return others > 0 ? [.. mentions.Take(MaxMentions), $"{others} more"] : mentions;
    }

    private IEnumerable<string> InScript(GameFile file) =>
        search.InScript(TextOf(file)).Select(asset => $"{file.Path.Substring(file.Path.LastIndexOf('/') + 1)} names {NameOf(asset)}");

    private IEnumerable<string> InScene(GameFile file, string? name) =>
        search.InData(TextOf(file)).Select(asset => $"the scene \"{name ?? file.Path}\" uses {NameOf(asset)}");

    private IEnumerable<string> InAsset(int index, GameAsset user) =>
        search.InData(config.RecordOf(index)).Select(asset => $"the {user.Type ?? "asset"} {NameOf(user)} {(user.Bundled.Contains(asset.Id) ? "still contains" : "uses")} {NameOf(asset)}");

    /// <summary>Whether the export does not contain the file that the configuration names for a script: its code is in the bundle of the modules.</summary>
    private bool IsBundled(GameAsset asset) => asset.Files.Any(file => file.IsRewritten && !exported.Contains(file.Path));

    private string TextOf(GameFile file) => File.ReadAllText(whole.PathOf(file));

    private static string NameOf(GameAsset asset) => $"\"{asset.Name ?? asset.Id}\"";

    /// <summary>Finds assets in texts.</summary>
    private sealed class TextSearch
    {
        /// <summary>The ids of PlayCanvas are longer, and shorter numbers have many other meanings.</summary>
        private const int MinDigits = 6;

        /// <summary>The longest literal that may be a name, or a path that ends in one.</summary>
        private const int MaxLiteral = 512;

        private const string Quotes = "\"'`";

        private readonly Dictionary<string, GameAsset> byId;
        private readonly Dictionary<string, GameAsset> byName = new(StringComparer.Ordinal);

        public TextSearch(IEnumerable<GameAsset> assets)
        {
            byId = assets.Where(asset => asset.Id.Length >= MinDigits).GroupBy(asset => asset.Id).ToDictionary(same => same.Key, same => same.First());
            foreach (var asset in assets.Where(asset => asset.Name is { Length: > 0 }))
            {
                // Minifiers write some characters as escape sequences.
                byName[asset.Name!] = asset;
                byName[Escaped(asset.Name!, StringEscapeHandling.Default)] = asset;
                byName[Escaped(asset.Name!, StringEscapeHandling.EscapeNonAscii)] = asset;
            }
        }

        /// <summary>Returns the assets whose ids are numbers in a text.</summary>
        public IEnumerable<GameAsset> InData(string text) => NumbersIn(text).Select(id => byId.TryGetValue(id, out var asset) ? asset : null).OfType<GameAsset>().Distinct();

        /// <summary>Returns the assets whose ids are numbers in a script, or whose names are literals, also as the end of a path.</summary>
        public IEnumerable<GameAsset> InScript(string text) => LiteralsIn(text).Select(Find).OfType<GameAsset>().Concat(InData(text)).Distinct();

        private static string Escaped(string name, StringEscapeHandling handling)
        {
            var literal = JsonConvert.ToString(name, '"', handling);
            return literal.Substring(1, literal.Length - 2);
        }

        private GameAsset? Find(string literal) =>
            byName.TryGetValue(literal, out var asset) || byName.TryGetValue(literal.Substring(literal.LastIndexOf('/') + 1), out asset) ? asset : null;

        /// <summary>
        /// Returns what stands between two successive quotation marks of the same kind. Thus an apostrophe in a comment hides nothing, and the text
        /// between two literals is returned too.
        /// </summary>
        private static IEnumerable<string> LiteralsIn(string text)
        {
            var opened = new[] { -1, -1, -1 };
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] == '\\')
                {
                    at++;
                    continue;
                }

                if (Quotes.IndexOf(text[at]) is not (>= 0 and var kind))
                    continue;
                if (opened[kind] >= 0 && at - opened[kind] - 1 is > 0 and <= MaxLiteral and var length)
                    yield return text.Substring(opened[kind] + 1, length);
                opened[kind] = at;
            }
        }

        private IEnumerable<string> NumbersIn(string text)
        {
            if (byId.Count == 0)
                yield break;
            for (var at = 0; at < text.Length; at++)
            {
                if (!IsWord(text[at]))
                    continue;

                var start = at;
                var isNumber = true;
                for (; at < text.Length && IsWord(text[at]); at++)
                    isNumber &= text[at] is >= '0' and <= '9';
                if (isNumber && at - start >= MinDigits)
                    yield return text.Substring(start, at - start);
            }
        }

        private static bool IsWord(char character) => character is '_' or '$' || char.IsLetterOrDigit(character);
    }
}

using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>The sizes of a content's files, by the names that people know.</summary>
internal sealed class GameSizes
{
    private GameSizes(IReadOnlyList<SizeEntry> entries)
    {
        Entries = entries;
        Total = SizeSum.Of(Files);
        Initial = SizeSum.Of(Files.Where(file => file.Initial));
    }

    /// <summary>The entries, the largest first. Together they have each file of the content once.</summary>
    public IReadOnlyList<SizeEntry> Entries { get; }

    public IEnumerable<SizedFile> Files => Entries.SelectMany(entry => entry.Files);

    /// <summary>All files.</summary>
    public SizeSum Total { get; }

    /// <summary>The files that the game needs before it shows its first frame.</summary>
    public SizeSum Initial { get; }

    /// <summary>The sums of the groups that have files, in the order of the groups.</summary>
    public IEnumerable<(string Name, SizeSum Sum)> Groups => SizeGroup.All
        .GroupJoin(Entries, name => name, entry => entry.Group, (name, entries) => (Name: name, Sum: SizeSum.Of(entries.SelectMany(entry => entry.Files))))
        .Where(group => group.Sum.Files > 0);

    /// <summary>The sums that are recorded with a content.</summary>
    public ContentSizes OfParts => new() { Initial = Initial.Bytes, Groups = Groups.ToDictionary(group => group.Name, group => group.Sum.Bytes) };

    /// <summary>Returns the sizes of a content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="served">Returns the encoding and the length in which a server sends a file. Default: no encoding.</param>
    /// <exception cref="ExportException">The configuration cannot be read.</exception>
    public static GameSizes Of(GameContent content, Func<GameFile, ServedSize>? served = null)
    {
        var config = content.Open(ExportLayout.Config) is { } text ? Read(text) : null;
        var modules = GameModule.ListFiles.Select(content.ReadText).OfType<string>().Select(GameModule.ListIn).FirstOrDefault(list => list is not null) ?? [];
        var initial = FirstFrame.PathsOf(content, config, modules);
        var modulePaths = new HashSet<string>(modules.SelectMany(module => module.Paths.Append(module.Fallback)).OfType<string>());
        var owners = OwnersIn(config);
        var entries = content.Manifest.Files
            .Select(file => (File: SizedFileOf(file), Owners: owners.TryGetValue(file.Path, out var found) ? found : []))
            .GroupBy(pair => pair.Owners.Count == 1 ? SizeEntry.KeyOf(pair.Owners[0].Id) : pair.File.Path)
            .Select(pairs => EntryOf([.. pairs.Select(pair => pair.File)], pairs.First().Owners))
            .Select(entry => modulePaths.Contains(entry.Files[0].Path) ? entry with { Group = SizeGroup.Modules } : entry)
            .OrderByDescending(entry => entry.Bytes)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal);
        return new GameSizes([.. entries]);

        SizedFile SizedFileOf(GameFile file)
        {
            var sent = served?.Invoke(file) ?? new ServedSize(file.Size, null);
            return new SizedFile(file.Path, file.Size, sent.Bytes, file.Sha256) { Encoding = sent.Encoding, Initial = initial.Contains(file.Path) };
        }
    }

    private static SizeEntry EntryOf(IReadOnlyList<SizedFile> files, List<GameAsset> owners)
    {
        var entry = new SizeEntry { Name = NameOf(files[0].Path), Group = SizeGroup.Of(files[0].Path, owners.Count > 0 ? owners[0].Type ?? "" : null), Files = files };
        if (owners.Count != 1)
            return entry with { Preload = owners.Any(owner => owner.Preload) };

        var asset = owners[0];
        return entry with
        {
            Asset = asset,
            Name = asset.Name ?? entry.Name,
            Id = asset.Id,
            Type = asset.Type,
            Tags = asset.Tags.Count > 0 ? asset.Tags : null,
            Preload = asset.Preload,
            Files = [.. files.Select(file => file with { Variant = asset.Files.FirstOrDefault(named => named.Path == file.Path)?.Variant })],
        };
    }

    private static GameConfig Read(TextReader text)
    {
        using (text)
            return GameConfig.Parse(text);
    }

    private static string NameOf(string path) => path.Substring(path.LastIndexOf('/') + 1);

    /// <summary>Returns the assets that name each file.</summary>
    private static Dictionary<string, List<GameAsset>> OwnersIn(GameConfig? config)
    {
        var owners = new Dictionary<string, List<GameAsset>>(StringComparer.Ordinal);
        foreach (var asset in config?.Assets ?? [])
        {
            foreach (var path in asset.Files.SelectMany(file => file.PagePaths).Distinct())
            {
                if (!owners.TryGetValue(path, out var list))
                    owners[path] = list = [];
                list.Add(asset);
            }
        }

        return owners;
    }
}

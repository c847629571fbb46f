using Newtonsoft.Json;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>
/// Files of a game that have one name for people: those of an asset, or one file that is not an asset or belongs to several. Each file of a game
/// belongs to exactly one entry.
/// </summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizeEntry
{
    /// <summary>The name of the asset, or of the file.</summary>
    [JsonProperty("name")]
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="SizeGroup"/>.</summary>
    [JsonProperty("group")]
    public string Group { get; init; } = SizeGroup.Other;

    /// <summary>The id of the asset; null for a file that is not an asset's alone.</summary>
    [JsonProperty("id")]
    public string? Id { get; init; }

    /// <summary>The type of the asset.</summary>
    [JsonProperty("type")]
    public string? Type { get; init; }

    /// <summary>The tags of the asset; null when it has none.</summary>
    [JsonProperty("tags")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether the asset is marked to be preloaded.</summary>
    [JsonProperty("preload", DefaultValueHandling = DefaultValueHandling.Ignore)]
    public bool Preload { get; init; }

    /// <summary>The files.</summary>
    [JsonProperty("files")]
    public IReadOnlyList<SizedFile> Files { get; init; } = [];

    /// <summary>The length of all files on the disk, in bytes.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>The asset; null for a file that is not an asset's alone.</summary>
    [JsonIgnore]
    public GameAsset? Asset { get; init; }

    /// <summary>What identifies the same entry in another content.</summary>
    [JsonIgnore]
    public string Key => Id is { } id ? KeyOf(id) : Files[0].Path;

    /// <summary>Returns the key of the files that belong to an asset alone.</summary>
    public static string KeyOf(string assetId) => $"asset {assetId}";
}

/// <summary>A file of a game with its sizes.</summary>
/// <param name="Path">The path relative to the game's folder, with <c>/</c>.</param>
/// <param name="Bytes">The length on the disk, in bytes.</param>
/// <param name="Served">The number of bytes that a browser receives.</param>
/// <param name="Sha256">The SHA-256.</param>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizedFile(
    [property: JsonProperty("path")] string Path,
    [property: JsonProperty("bytes")] long Bytes,
    [property: JsonProperty("served")] long Served,
    [property: JsonIgnore] string Sha256)
{
    /// <summary>The compression of <see cref="Served"/>: <c>br</c>, <c>gzip</c>, or <c>deflate</c> for the length in the export; null for none.</summary>
    [JsonProperty("encoding")]
    public string? Encoding { get; init; }

    /// <summary>The format of a texture's variant; null for another file.</summary>
    [JsonProperty("variant")]
    public string? Variant { get; init; }

    /// <summary>Whether the game needs the file before it shows its first frame.</summary>
    [JsonProperty("initial", DefaultValueHandling = DefaultValueHandling.Ignore)]
    public bool Initial { get; init; }
}

/// <summary>The number of some files, and their length on the disk and as served, in bytes.</summary>
internal sealed record SizeSum([property: JsonProperty("files")] int Files, [property: JsonProperty("bytes")] long Bytes, [property: JsonProperty("served")] long Served)
{
    public static SizeSum Of(IEnumerable<SizedFile> files)
    {
        int count = 0;
        long bytes = 0, served = 0;
        foreach (var file in files)
            (count, bytes, served) = (count + 1, bytes + file.Bytes, served + file.Served);
        return new SizeSum(count, bytes, served);
    }
}

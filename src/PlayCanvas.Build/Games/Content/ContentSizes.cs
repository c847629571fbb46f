using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.Content;

/// <summary>How many bytes the parts of a content have on the disk.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record ContentSizes
{
    /// <summary>What the game needs before it shows its first frame.</summary>
    [JsonProperty("initial")]
    public long Initial { get; init; }

    /// <summary>The groups that have files, by their names: see <see cref="Sizing.SizeGroup"/>.</summary>
    [JsonProperty("groups")]
    public IReadOnlyDictionary<string, long> Groups { get; init; } = new Dictionary<string, long>();
}

using Newtonsoft.Json;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>What a result says about the sizes of a game, in bytes.</summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizeSummary
{
    /// <summary>What the game needs before it shows its first frame.</summary>
    [JsonProperty("initial")]
    public long Initial { get; init; }

    /// <summary>The groups that have files.</summary>
    [JsonProperty("groups")]
    public IReadOnlyDictionary<string, long> Groups { get; init; } = new Dictionary<string, long>();

    /// <summary>What <see cref="Initial"/> was in the content that the project used before; null when it used none.</summary>
    [JsonProperty("previousInitial")]
    public long? PreviousInitial { get; init; }

    /// <summary>The groups of the content that the project used before; null when it used none.</summary>
    [JsonProperty("previousGroups")]
    public IReadOnlyDictionary<string, long>? PreviousGroups { get; init; }

    /// <param name="sizes">The sizes of the game.</param>
    /// <param name="before">Those of the content that the project used before; null when it used none, or the same one.</param>
    public static SizeSummary Of(ContentSizes sizes, ContentSizes? before) => new()
    {
        Initial = sizes.Initial,
        Groups = sizes.Groups,
        PreviousInitial = before?.Initial,
        PreviousGroups = before?.Groups,
    };

    public SizeSummary WithoutPrevious() => this with { PreviousInitial = null, PreviousGroups = null };
}

using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.Content;

/// <summary>What a project leaves out of a content.</summary>
internal sealed record LeftOut
{
    /// <summary>The number of assets.</summary>
    [JsonProperty("assets")]
    public int Assets { get; init; }

    /// <summary>The number of files.</summary>
    [JsonProperty("files")]
    public int Files { get; init; }

    /// <summary>By how many bytes the game is smaller.</summary>
    [JsonProperty("bytes")]
    public long Bytes { get; init; }

    /// <summary>The patterns that select no asset.</summary>
    [JsonProperty("patternsWithoutAssets")]
    public IReadOnlyList<string> PatternsWithoutAssets { get; init; } = [];

    /// <summary>Where the rest of the game names assets that are left out, each as a part of a sentence.</summary>
    [JsonProperty("mentions")]
    public IReadOnlyList<string> Mentions { get; init; } = [];
}

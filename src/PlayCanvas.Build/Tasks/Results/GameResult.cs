using Newtonsoft.Json;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What a build did to bring a game up to date, and the content that the project uses afterwards.</summary>
internal sealed record GameResult : BuildResult
{
    /// <summary>The id of the content; null when the project has none.</summary>
    [JsonProperty("contentId")]
    public string? ContentId { get; init; }

    /// <summary>The number of files.</summary>
    [JsonProperty("files")]
    public int Files { get; init; }

    /// <summary>The length of all files together, in bytes.</summary>
    [JsonProperty("bytes")]
    public long Bytes { get; init; }

    /// <summary>By how many bytes the game is smaller, because the project leaves out files; null when it leaves out nothing.</summary>
    [JsonProperty("leftOut")]
    public long? LeftOut { get; init; }

    /// <summary>The length of all files of the content that the project used before, in bytes; null when it used none.</summary>
    [JsonProperty("previousBytes")]
    public long? PreviousBytes { get; init; }

    /// <summary>The number of bytes that were downloaded.</summary>
    [JsonProperty("moved")]
    public long Moved { get; init; }

    /// <summary>The number of files that the content before did not have.</summary>
    [JsonProperty("added")]
    public int Added { get; init; }

    /// <summary>The number of files with other bytes than before.</summary>
    [JsonProperty("changed")]
    public int Changed { get; init; }

    /// <summary>The number of files that only the content before had.</summary>
    [JsonProperty("removed")]
    public int Removed { get; init; }

    /// <summary>The sizes of the game's parts; null when the project has no game.</summary>
    [JsonProperty("sizes")]
    public SizeSummary? SizesOfParts { get; init; }

    /// <summary>What the build did, in a few words for the result line of the terminal logger; empty when it did nothing.</summary>
    [JsonIgnore]
    public string Summary => Outcome switch
    {
        Results.Outcome.Downloaded when Moved > 0 => $"{Changes}, {Sizes.Format(Moved)} moved",
        Results.Outcome.Downloaded => Changes,
        Results.Outcome.Reused => $"{Count(Files, "")}, {Sizes.Format(Bytes)}, nothing moved",
        Results.Outcome.Planned => Plan ?? "",
        _ => "",
    };

    private string Changes
    {
        get
        {
            var changes = new[] { (Changed, "changed"), (Added, "added"), (Removed, "removed") }.Where(change => change.Item1 > 0).ToList();
            return changes.Count == 0
                ? "unchanged"
                : string.Join(", ", changes.Select((change, index) => index == 0 ? Count(change.Item1, $" {change.Item2}") : $"{change.Item1} {change.Item2}"));
        }
    }

    private static string Count(int files, string done) => $"{files} {(files == 1 ? "file" : "files")}{done}";
}

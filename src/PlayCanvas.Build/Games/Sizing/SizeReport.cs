using Newtonsoft.Json;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>What the size report says about a game, as the JSON file that <c>docs/size.md</c> describes. The page contains the same data.</summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizeReport
{
    /// <summary>Increased when a program that reads the file could misread a newer one.</summary>
    public const int CurrentVersion = 1;

    [JsonProperty("version")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The name of the project file without its extension.</summary>
    [JsonProperty("project")]
    public string Project { get; init; } = "";

    /// <summary>The path of the game.</summary>
    [JsonProperty("path")]
    public string Path { get; init; } = "";

    /// <summary>The id of the content.</summary>
    [JsonProperty("contentId")]
    public string ContentId { get; init; } = "";

    /// <summary>The engine's version; null when it could not be determined.</summary>
    [JsonProperty("engine")]
    public string? Engine { get; init; }

    /// <summary>All files.</summary>
    [JsonProperty("total")]
    public SizeSum Total { get; init; } = new(0, 0, 0);

    /// <summary>The files that the game needs before it shows its first frame.</summary>
    [JsonProperty("initial")]
    public SizeSum Initial { get; init; } = new(0, 0, 0);

    /// <summary>The groups that have files.</summary>
    [JsonProperty("groups")]
    public IReadOnlyList<SizedGroup> Groups { get; init; } = [];

    /// <summary>The limits of the budgets, in the order of the project; null when there is no budget.</summary>
    [JsonProperty("budgets")]
    public IReadOnlyList<SizedBudget>? Budgets { get; init; }

    /// <summary>The version before; null when this machine does not have one.</summary>
    [JsonProperty("previous")]
    public PreviousSizes? Previous { get; init; }

    /// <summary>How the entries differ from the version before; null when there is none.</summary>
    [JsonProperty("changes")]
    public IReadOnlyList<SizeChange>? Changes { get; init; }

    /// <summary>The entries, the largest first.</summary>
    [JsonProperty("entries")]
    public IReadOnlyList<SizeEntry> Entries { get; init; } = [];

    /// <summary>Describes a game.</summary>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="before">The id of the content before, and its sizes; null when there is none.</param>
    public static SizeReport Of(GameSizes sizes, (string ContentId, GameSizes Sizes)? before) => new()
    {
        Total = sizes.Total,
        Initial = sizes.Initial,
        Groups = [.. sizes.Groups.Select(group => new SizedGroup(group.Name, group.Sum.Files, group.Sum.Bytes, group.Sum.Served))],
        Previous = before is var (id, old) ? new PreviousSizes(id, old.Total.Files, old.Total.Bytes, old.Initial.Bytes) : null,
        Changes = before is var (_, older) ? SizeChange.Between(older, sizes) : null,
        Entries = sizes.Entries,
    };

    public string ToJson() => JsonFile.Format(this);
}

/// <summary>The sums of a group.</summary>
internal sealed record SizedGroup(
    [property: JsonProperty("name")] string Name,
    [property: JsonProperty("files")] int Files,
    [property: JsonProperty("bytes")] long Bytes,
    [property: JsonProperty("served")] long Served);

/// <summary>A limit of a budget, compared with the game.</summary>
/// <param name="Name">The name of the budget.</param>
/// <param name="Limit">The metadata that sets the limit.</param>
/// <param name="Value">The limit as the project sets it.</param>
/// <param name="Allowed">What the limit allows, in bytes; null for a growth when there is nothing to compare with.</param>
/// <param name="Measured">The length of the limited files, or of the largest one if each file is limited, in bytes.</param>
/// <param name="State"><c>kept</c>, <c>warning</c> or <c>error</c>; null for a growth when there is nothing to compare with.</param>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizedBudget(
    [property: JsonProperty("name")] string Name,
    [property: JsonProperty("limit")] string Limit,
    [property: JsonProperty("value")] string Value,
    [property: JsonProperty("allowed")] long? Allowed,
    [property: JsonProperty("measured")] long Measured,
    [property: JsonProperty("state")] string? State)
{
    public static SizedBudget Of(BudgetReading reading)
    {
        var state = reading switch
        {
            { Allowed: null } => null,
            { IsExceeded: false } => "kept",
            { Limit.IsError: true } => "error",
            _ => "warning",
        };
        return new SizedBudget(reading.Budget.Name, reading.Limit.Metadata, reading.Limit.Text, reading.Allowed, reading.Measured, state);
    }
}

/// <summary>The sums of the content before.</summary>
internal sealed record PreviousSizes(
    [property: JsonProperty("contentId")] string ContentId,
    [property: JsonProperty("files")] int Files,
    [property: JsonProperty("bytes")] long Bytes,
    [property: JsonProperty("initial")] long Initial);

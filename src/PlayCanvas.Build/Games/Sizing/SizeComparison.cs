using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>How an entry differs from the version before.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c>, <c>grown</c>, <c>shrunk</c>, or <c>changed</c> for other bytes of the same length.</param>
/// <param name="Name">The name of the entry; the newer one if it was renamed.</param>
/// <param name="Group">Its group.</param>
/// <param name="Id">The id of the asset; null when it is not one.</param>
/// <param name="Before">The length before, in bytes.</param>
/// <param name="After">The length now, in bytes.</param>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record SizeChange(
    [property: JsonProperty("change")] string Change,
    [property: JsonProperty("name")] string Name,
    [property: JsonProperty("group")] string Group,
    [property: JsonProperty("id")] string? Id,
    [property: JsonProperty("before")] long Before,
    [property: JsonProperty("after")] long After)
{
    /// <summary>By how many bytes the game is larger because of this change.</summary>
    [JsonIgnore]
    public long Growth => After - Before;

    /// <summary>Returns the differences between two contents, those that add the most bytes first.</summary>
    public static IReadOnlyList<SizeChange> Between(GameSizes before, GameSizes after)
    {
        var old = before.Entries.ToDictionary(entry => entry.Key);
        var changes = after.Entries.Select(entry => Between(Take(entry.Key), entry)).ToList();
        return [.. changes.Concat(old.Values.Select(entry => Between(entry, null))).OfType<SizeChange>().OrderByDescending(change => change.Growth).ThenBy(change => change.Name, StringComparer.Ordinal)];

        SizeEntry? Take(string key)
        {
            if (old.TryGetValue(key, out var entry))
                old.Remove(key);
            return entry;
        }
    }

    private static SizeChange? Between(SizeEntry? before, SizeEntry? after)
    {
        var (old, now) = (before?.Bytes ?? 0, after?.Bytes ?? 0);
        var kind = (before, after) switch
        {
            (null, _) => "added",
            (_, null) => "removed",
            _ when now > old => "grown",
            _ when now < old => "shrunk",
            _ when !before.Files.Select(file => file.Sha256).SequenceEqual(after.Files.Select(file => file.Sha256)) => "changed",
            _ => null,
        };
        var entry = after ?? before!;
        return kind is null ? null : new SizeChange(kind, entry.Name, entry.Group, entry.Id, old, now);
    }
}

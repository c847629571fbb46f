using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Exclude;

/// <summary>What a project leaves out of a game.</summary>
/// <param name="Patterns">The assets that are left out.</param>
/// <param name="KeepsSourceMaps">Whether the source maps of the scripts stay in the game.</param>
internal sealed record Exclusion(IReadOnlyList<AssetPattern> Patterns, bool KeepsSourceMaps)
{
    /// <summary>Whether nothing is left out.</summary>
    public bool IsEmpty => Patterns.Count == 0 && KeepsSourceMaps;

    /// <summary>The adaptation id of a content of which this is left out. It does not depend on the order of the patterns.</summary>
    public string AdaptationId => IsEmpty
        ? Content.AdaptationId.Current
        : Content.AdaptationId.Without(string.Join("\n", [$"{KeepsSourceMaps}", .. Patterns.Select(pattern => pattern.Text).Distinct().OrderBy(text => text, StringComparer.Ordinal)]));
}

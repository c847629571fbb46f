using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>A limit that a game exceeds.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Limit">The limit.</param>
/// <param name="What">What was measured, as a part of a sentence.</param>
/// <param name="Causes">The largest entries, or those that have grown most, as a part of a sentence.</param>
internal sealed record BudgetFinding(Budget Budget, BudgetLimit Limit, string What, string Causes);

/// <summary>The version that the growth of a game is measured from.</summary>
/// <param name="Name">What a message calls it.</param>
/// <param name="Bytes">The length of all its files, in bytes.</param>
/// <param name="Sizes">Its sizes; null when its files are not on this machine, so that only the whole can be compared.</param>
internal sealed record BudgetBaseline(string Name, long Bytes, GameSizes? Sizes);

/// <summary>Compares the sizes of a game with the budgets of a project.</summary>
/// <param name="sizes">The sizes of the game.</param>
/// <param name="baseline">The version before; null when there is none, or when it is the same.</param>
internal sealed class BudgetCheck(GameSizes sizes, BudgetBaseline? baseline)
{
    private const int MaxCauses = 5;

    /// <summary>Returns the limits that the game exceeds: of each budget an error, or otherwise its warnings.</summary>
    public IReadOnlyList<BudgetFinding> Check(Budget budget)
    {
        var findings = budget.Limits.Select(limit => limit.IsShare ? Growth(budget, limit) : budget.IsForEachFile ? EachFile(budget, limit) : Maximum(budget, limit)).OfType<BudgetFinding>().ToList();
        return findings.Exists(finding => finding.Limit.IsError) ? findings.FindAll(finding => finding.Limit.IsError) : findings;
    }

    /// <summary>Returns why the growth that a budget limits cannot be compared; null when it can be, or need not be.</summary>
    public string? Incomparable(Budget budget) =>
        baseline is { Sizes: null } && budget.Limits.Any(limit => limit.IsShare) && budget.Name != Budget.Total
            ? $"the growth of \"{budget.Name}\" was not compared, because the files of {baseline.Name} are not on this machine"
            : null;

    private BudgetFinding? Maximum(Budget budget, BudgetLimit limit)
    {
        var parts = Measure(budget, sizes);
        var bytes = parts.Sum(part => part.Bytes);
        return bytes <= limit.Value
            ? null
            : new BudgetFinding(budget, limit, $"{Sizes.Format(bytes)} is more than {limit.Metadata}, {limit.Text}", Name("The largest", parts, Sizes.Format));
    }

    private BudgetFinding? EachFile(Budget budget, BudgetLimit limit)
    {
        var large = sizes.Entries
            .SelectMany(entry => entry.Files, (entry, file) => new Part(entry.Name, file.Bytes))
            .Where(part => part.Bytes > limit.Value)
            .ToList();
        return large.Count == 0
            ? null
            : new BudgetFinding(
                budget, limit, $"{(large.Count == 1 ? "1 file is" : $"{large.Count} files are")} larger than {limit.Metadata}, {limit.Text}", Name("The largest", large, Sizes.Format));
    }

    private BudgetFinding? Growth(Budget budget, BudgetLimit limit)
    {
        if (baseline is null || (baseline.Sizes is null && budget.Name != Budget.Total))
            return null;

        var after = Measure(budget, sizes);
        var before = baseline.Sizes is null ? null : Measure(budget, baseline.Sizes);
        var (old, now) = (before?.Sum(part => part.Bytes) ?? baseline.Bytes, after.Sum(part => part.Bytes));
        if (now <= old * (1 + (limit.Value / 100)))
            return null;

        var what = $"it has grown from {Sizes.Format(old)} in {baseline.Name} to {Sizes.Format(now)}, which is more than {limit.Metadata}, {limit.Text}";
        return new BudgetFinding(budget, limit, what, before is null ? Name("The largest", after, Sizes.Format) : Name("What has grown most", Grown(before, after), bytes => $"+{Sizes.Format(bytes)}"));
    }

    private static IReadOnlyList<Part> Measure(Budget budget, GameSizes sizes) =>
        [.. sizes.Entries.Select(entry => new Part(entry.Name, budget.FilesOf(entry).Sum(file => file.Bytes)) { Key = entry.Key }).Where(part => part.Bytes > 0)];

    private static IReadOnlyList<Part> Grown(IReadOnlyList<Part> before, IReadOnlyList<Part> after)
    {
        var old = before.ToDictionary(part => part.Key, part => part.Bytes);
        return [.. after.Select(part => part with { Bytes = part.Bytes - (old.TryGetValue(part.Key, out var bytes) ? bytes : 0) }).Where(part => part.Bytes > 0)];
    }

    private static string Name(string what, IEnumerable<Part> parts, Func<long, string> format)
    {
        var named = parts.OrderByDescending(part => part.Bytes).ThenBy(part => part.Name, StringComparer.Ordinal).Take(MaxCauses);
        return $"{what}: {string.Join(", ", named.Select(part => $"\"{part.Name}\" ({format(part.Bytes)})"))}";
    }

    /// <summary>The part of an entry that a budget is about.</summary>
    private sealed record Part(string Name, long Bytes)
    {
        public string Key { get; init; } = "";
    }
}

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
/// <param name="Bytes">The length of all its files that the project uses, in bytes; null when it is not known.</param>
/// <param name="Sizes">Its sizes; null when its files are not on this machine, so that only the whole can be compared.</param>
internal sealed record BudgetBaseline(string Name, long? Bytes, GameSizes? Sizes);

/// <summary>What a limit of a budget allows, and what was measured.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Allowed">What the limit allows, in bytes; null for a growth that cannot be measured.</param>
/// <param name="Measured">The length of the limited files, or of the largest one if each file is limited, in bytes.</param>
internal sealed record BudgetReading(Budget Budget, BudgetLimit Limit, long? Allowed, long Measured)
{
    public bool IsExceeded => Measured > Allowed;
}

/// <summary>Compares the sizes of a game with the budgets of a project.</summary>
/// <param name="sizes">The sizes of the game.</param>
/// <param name="baseline">The version before; null when there is none, or when it is the same.</param>
internal sealed class BudgetCheck(GameSizes sizes, BudgetBaseline? baseline)
{
    private const int MaxCauses = 5;

    /// <summary>Returns the limits that the game exceeds: of each budget an error, or otherwise its warnings.</summary>
    public IReadOnlyList<BudgetFinding> Check(Budget budget)
    {
        var exceeded = Read(budget).Where(reading => reading.IsExceeded).ToList();
        var errors = exceeded.FindAll(reading => reading.Limit.IsError);
        return (errors.Count > 0 ? errors : exceeded).ConvertAll(Describe);
    }

    /// <summary>Compares the game with each limit of a budget.</summary>
    public IEnumerable<BudgetReading> Read(Budget budget)
    {
        var parts = Measure(budget, sizes);
        var measured = budget.IsForEachFile ? parts.Select(part => part.Bytes).DefaultIfEmpty().Max() : Sum(parts);
        return budget.Limits.Select(limit => new BudgetReading(budget, limit, AllowedBy(budget, limit), measured));
    }

    /// <summary>Returns why the growth that a budget limits cannot be compared; null when it can be, or need not be.</summary>
    public string? Incomparable(Budget budget) =>
        baseline is not null && Before(budget) is null && budget.Limits.Any(limit => limit.IsShare)
            ? $"the growth of \"{budget.Name}\" was not compared, because the files of {baseline.Name} are not on this machine"
            : null;

    private long? AllowedBy(Budget budget, BudgetLimit limit) => (long?)(limit.IsShare ? Before(budget) * (100 + limit.Value) / 100 : limit.Value);

    /// <summary>Returns the length that the limited files had before; null when it is not known.</summary>
    private long? Before(Budget budget)
    {
        if (baseline?.Sizes is { } before)
            return Sum(Measure(budget, before));
        return budget.IsForWhole ? baseline?.Bytes : null;
    }

    private BudgetFinding Describe(BudgetReading reading)
    {
        var (budget, limit, parts) = (reading.Budget, reading.Limit, Measure(reading.Budget, sizes));
        if (budget.IsForEachFile)
        {
            var large = parts.Where(part => part.Bytes > reading.Allowed).ToList();
            return new BudgetFinding(budget, limit, $"{(large.Count == 1 ? "1 file is" : $"{large.Count} files are")} larger than {limit.Metadata}, {limit.Text}", Largest(large));
        }

        var measured = Sizes.Format(reading.Measured);
        var excess = $"is {Sizes.Format(reading.Measured - reading.Allowed!.Value)} more than {limit.Metadata}, {limit.Text}";
        if (!limit.IsShare)
            return new BudgetFinding(budget, limit, $"{measured} {excess}", Largest(parts));

        var growth = $"it has grown from {Sizes.Format(Before(budget)!.Value)} in {baseline!.Name} to {measured}, which {excess}, permits";
        return new BudgetFinding(budget, limit, growth, baseline.Sizes is { } before ? Name("What has grown most", Grown(Measure(budget, before), parts), bytes => $"+{Sizes.Format(bytes)}") : Largest(parts));
    }

    /// <summary>Returns what a budget is about: the limited part of each entry, or if each file is limited, the files.</summary>
    private static IReadOnlyList<Part> Measure(Budget budget, GameSizes sizes) => budget.IsForEachFile
        ? [.. sizes.Entries.SelectMany(entry => entry.Files, (entry, file) => new Part(entry.Name, file.Bytes))]
        : [.. sizes.Entries.Select(entry => new Part(entry.Name, budget.FilesOf(entry).Sum(file => file.Bytes)) { Key = entry.Key }).Where(part => part.Bytes > 0)];

    private static long Sum(IEnumerable<Part> parts) => parts.Sum(part => part.Bytes);

    private static IReadOnlyList<Part> Grown(IReadOnlyList<Part> before, IReadOnlyList<Part> after)
    {
        var old = before.ToDictionary(part => part.Key, part => part.Bytes);
        return [.. after.Select(part => part with { Bytes = part.Bytes - (old.TryGetValue(part.Key, out var bytes) ? bytes : 0) }).Where(part => part.Bytes > 0)];
    }

    private static string Largest(IEnumerable<Part> parts) => Name("The largest", parts, Sizes.Format);

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

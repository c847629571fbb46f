using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reads the budgets of a project: items <c>PlayCanvasBudget</c>.</summary>
internal static class BudgetItems
{
    /// <summary>Returns the budgets that apply to a game: those that name it, and those that name no game.</summary>
    /// <param name="items">The items.</param>
    /// <param name="gamePath">The path of the game.</param>
    /// <param name="gamePaths">The paths of all games of the project.</param>
    /// <exception cref="BudgetException">An item is invalid, also if it is about another game.</exception>
    public static IReadOnlyList<Budget> For(IReadOnlyList<ITaskItem> items, string gamePath, IEnumerable<string> gamePaths)
    {
        var known = gamePaths.ToList();
        return [.. items.Select(item => (Game: GameOf(item, known), Budget: Read(item))).Where(pair => pair.Game is null || IsSame(pair.Game, gamePath)).Select(pair => pair.Budget)];
    }

    private static Budget Read(ITaskItem item) => Budget.Read(item.ItemSpec, name => OptionValues.Trimmed(item.GetMetadata(name)));

    private static string? GameOf(ITaskItem item, List<string> known) =>
        OptionValues.Trimmed(item.GetMetadata(Budget.GameMetadata)) is not { } named || known.Exists(path => IsSame(path, named))
            ? OptionValues.Trimmed(item.GetMetadata(Budget.GameMetadata))
            : throw new BudgetException(item.ItemSpec, $"its {Budget.GameMetadata} is \"{named}\", but the games of this project are {string.Join(", ", known.Select(path => $"\"{path}\""))}");

    private static bool IsSame(string path, string other) =>
        EntryPaths.WithoutDots(path).TrimEnd('/').Equals(EntryPaths.WithoutDots(other).TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>A limit that a project sets for the size of a game, or of a part of it: an item <c>PlayCanvasBudget</c>.</summary>
/// <param name="Name">The name of the item: what is limited, unless <see cref="Assets"/> says it.</param>
internal sealed record Budget(string Name)
{
    /// <summary>The whole game.</summary>
    public const string Total = "total";

    /// <summary>What the game needs before it shows its first frame.</summary>
    public const string Initial = "initial";

    /// <summary>Each single file.</summary>
    public const string File = "file";

    /// <summary>The names of metadata.</summary>
    public const string AssetsMetadata = "Assets";
    public const string GameMetadata = "Game";
    public const string MaximumWarningMetadata = "MaximumWarning";
    public const string MaximumErrorMetadata = "MaximumError";
    public const string GrowthMetadata = "Growth";
    public const string GrowthErrorMetadata = "GrowthError";

    private const string SizeForm = "a size such as 5 MB or 1.5 MiB";
    private const string ShareForm = "a percentage such as 10%";

    /// <summary>The metadata of a budget.</summary>
    public static IReadOnlyList<string> Metadata { get; } = [AssetsMetadata, GameMetadata, MaximumWarningMetadata, MaximumErrorMetadata, GrowthMetadata, GrowthErrorMetadata];

    /// <summary>The assets that are limited; empty when the name says what is limited.</summary>
    public IReadOnlyList<AssetPattern> Assets { get; private init; } = [];

    /// <summary>The limits, errors first.</summary>
    public IReadOnlyList<BudgetLimit> Limits { get; private init; } = [];

    /// <summary>Reads a budget.</summary>
    /// <param name="name">The name of the item.</param>
    /// <param name="metadata">Returns the value of a metadata without surrounding white space; null when it is not set.</param>
    /// <exception cref="BudgetException">The budget limits nothing, or a value is invalid.</exception>
    public static Budget Read(string name, Func<string, string?> metadata)
    {
        var limits = new[]
        {
            Limit(MaximumErrorMetadata, isError: true, Size),
            Limit(GrowthErrorMetadata, isError: true, Share),
            Limit(MaximumWarningMetadata, isError: false, Size),
            Limit(GrowthMetadata, isError: false, Share),
        };
        var budget = new Budget(name)
        {
            Assets = [.. (metadata(AssetsMetadata) ?? "").Split(';').Select(text => text.Trim()).Where(text => text.Length > 0).Select(Pattern)],
            Limits = [.. limits.OfType<BudgetLimit>()],
        };
        if (budget.Assets.Count == 0 && !IsKnown(name))
            throw new BudgetException(name, $"its name is none of {string.Join(", ", new[] { Total, Initial, File }.Concat(SizeGroup.All))}, and its metadata {AssetsMetadata} names no assets");
        if (budget.Limits.Count == 0)
            throw new BudgetException(name, $"it sets none of {MaximumWarningMetadata}, {MaximumErrorMetadata}, {GrowthMetadata} and {GrowthErrorMetadata}");
        if (budget.IsForEachFile && budget.Limits.FirstOrDefault(limit => limit.IsShare) is { } growth)
            throw new BudgetException(name, $"{growth.Metadata} compares the game with the version before, but a budget for each file has only maxima");
        return budget;

        BudgetLimit? Limit(string metadataName, bool isError, Func<string, string, double> parse) =>
            metadata(metadataName) is { } text ? new BudgetLimit(metadataName, text, parse(metadataName, text), isError) : null;

        double Size(string metadataName, string text) => Sizes.TryParse(text) ?? throw new BudgetException(name, metadataName, text, SizeForm);

        double Share(string metadataName, string text) => TryParseShare(text) ?? throw new BudgetException(name, metadataName, text, ShareForm);

        AssetPattern Pattern(string text) => AssetPattern.TryParse(text) ?? throw new BudgetException(name, AssetsMetadata, text, "names of assets, tag:… or type:…");
    }

    /// <summary>Whether the budget limits each single file.</summary>
    public bool IsForEachFile => Assets.Count == 0 && Name == File;

    /// <summary>Whether the budget limits the whole game.</summary>
    public bool IsForWhole => Assets.Count == 0 && Name == Total;

    /// <summary>Returns the files of an entry that the budget is about.</summary>
    public IEnumerable<SizedFile> FilesOf(SizeEntry entry)
    {
        if (Assets.Count > 0)
            return entry.Asset is { } asset && Assets.Any(pattern => pattern.Matches(asset)) ? entry.Files : [];
        return Name switch
        {
            Total or File => entry.Files,
            Initial => entry.Files.Where(file => file.Initial),
            _ => entry.Group == Name ? entry.Files : [],
        };
    }

    private static bool IsKnown(string name) => name is Total or Initial or File || SizeGroup.All.Contains(name);

    private static double? TryParseShare(string text) =>
        text.EndsWith("%", StringComparison.Ordinal)
        && double.TryParse(text.Substring(0, text.Length - 1).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : null;
}

/// <summary>A limit of a budget.</summary>
/// <param name="Metadata">The name of the metadata that sets it.</param>
/// <param name="Text">The text of the value in the project file.</param>
/// <param name="Value">In bytes, or in percent.</param>
/// <param name="IsError">Whether a game that exceeds it is not used.</param>
internal sealed record BudgetLimit(string Metadata, string Text, double Value, bool IsError)
{
    /// <summary>Whether it limits the growth, in percent.</summary>
    public bool IsShare => Metadata is Budget.GrowthMetadata or Budget.GrowthErrorMetadata;
}

/// <summary>An item <c>PlayCanvasBudget</c> is invalid. The text for the user is chosen elsewhere.</summary>
internal sealed class BudgetException : Exception
{
    /// <summary>A value is invalid.</summary>
    /// <param name="name">The name of the item.</param>
    /// <param name="metadata">The name of the metadata.</param>
    /// <param name="value">The value.</param>
    /// <param name="form">What it must be.</param>
    public BudgetException(string name, string metadata, string value, string form)
        : base($"{name}: {metadata} is {value}") => (Name, Metadata, Value, Reason) = (name, metadata, value, form);

    /// <summary>The item limits nothing.</summary>
    /// <param name="name">The name of the item.</param>
    /// <param name="reason">Why not, as a part of a sentence.</param>
    public BudgetException(string name, string reason)
        : base($"{name}: {reason}") => (Name, Reason) = (name, reason);

    public string Name { get; }

    /// <summary>The metadata whose value is invalid; null when the item as a whole is.</summary>
    public string? Metadata { get; }

    public string Value { get; } = "";

    /// <summary>What the value must be, or why the item limits nothing.</summary>
    public string Reason { get; }
}

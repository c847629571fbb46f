using System.Globalization;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reads what people wrote into properties, and says which property to change when it cannot be read.</summary>
internal static class Settings
{
    /// <summary>A switch, in the words that the conditions of MSBuild take for true and false; null when it is not set.</summary>
    public static bool? Switch(string property, string? value) => value?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw new DiagnosticException(Diagnostic.SwitchInvalid(property, value)),
    };

    /// <summary>One of several words, in lower case; null when it is not set.</summary>
    /// <param name="value">What a person wrote.</param>
    /// <param name="invalid">The error for any other word.</param>
    /// <param name="words">The words, in lower case.</param>
    public static string? Choice(string? value, Func<string, DiagnosticMessage> invalid, params string[] words)
    {
        if (Text(value) is not { } text)
            return null;
        var word = text.ToLowerInvariant();
        return words.Contains(word) ? word : throw new DiagnosticException(invalid(text));
    }

    /// <summary>A whole number; null when it is not set.</summary>
    public static int? Number(string property, string? value, int least, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        throw new DiagnosticException(Diagnostic.NumberInvalid(property, value!, least, most));
    }

    /// <summary>The text without the white space around it, or null when there is none.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value!.Trim();

    /// <summary>The parts of a list, which a command line may have escaped.</summary>
    public static IReadOnlyList<string> List(string? value) =>
        [.. (value ?? "").Replace("%3B", ";").Replace("%3b", ";").Split(';').Select(part => part.Trim()).Where(part => part.Length > 0)];
}

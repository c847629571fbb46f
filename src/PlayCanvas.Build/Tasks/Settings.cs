using System.Globalization;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Parses the values of properties, and reports an invalid value with the name of the property.</summary>
internal static class Settings
{
    /// <summary>Parses a switch: the words that MSBuild's conditions accept for true and false; null when it is not set.</summary>
    public static bool? Switch(string property, string? value) => value?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw new DiagnosticException(Diagnostic.SwitchInvalid(property, value)),
    };

    /// <summary>Parses a choice of several words and returns it in lower case; null when it is not set.</summary>
    /// <param name="value">The value of the property.</param>
    /// <param name="invalid">Creates the error for any other word.</param>
    /// <param name="words">The accepted words, in lower case.</param>
    public static string? Choice(string? value, Func<string, DiagnosticMessage> invalid, params string[] words)
    {
        if (Text(value) is not { } text)
            return null;
        var word = text.ToLowerInvariant();
        return words.Contains(word) ? word : throw new DiagnosticException(invalid(text));
    }

    /// <summary>Parses an integer from <paramref name="least"/> to <paramref name="most"/>; null when it is not set.</summary>
    public static int? Number(string property, string? value, int least, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        throw new DiagnosticException(Diagnostic.NumberInvalid(property, value!, least, most));
    }

    /// <summary>Returns the text without surrounding white space; null when it is empty.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value!.Trim();

    /// <summary>Parses a list that is separated by semicolons, which a command line may have escaped as <c>%3B</c>.</summary>
    public static IReadOnlyList<string> List(string? value) =>
        [.. (value ?? "").Replace("%3B", ";").Replace("%3b", ";").Split(';').Select(part => part.Trim()).Where(part => part.Length > 0)];
}

using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>Lists names in a message or in a line.</summary>
internal static class NameList
{
    /// <summary>Returns the names in quotation marks. Only the first ones are named if there are more than allowed; the number of the others follows.</summary>
    public static string Format(IReadOnlyList<string?> names, int maxNames)
    {
        var named = names.Take(maxNames).Select(name => $"\"{ApiJson.OneLine(name ?? "")}\"");
        return string.Join(", ", named) + (names.Count > maxNames ? $" and {names.Count - maxNames:N0} more" : "");
    }
}

using System.Globalization;

namespace PlayCanvas.Sandbox;

/// <summary>
/// Reads the parameters of a request's query. A parameter without a value counts as absent; unknown ones are ignored, since programs send several.
/// </summary>
internal static class Query
{
    public static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public static long? Number(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.BadRequest($"parameter '{name}' must be an integer that is not negative");
    }

    public static bool Flag(HttpRequest request, string name) => Text(request, name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ApiException.BadRequest($"parameter '{name}' must be true or false"),
    };

    public static string? OneOf(HttpRequest request, string name, params ReadOnlySpan<string> allowed)
    {
        var value = Text(request, name);
        return value is null || allowed.Contains(value)
            ? value
            : throw ApiException.BadRequest($"parameter '{name}' must be one of: {string.Join(", ", allowed!)}");
    }
}

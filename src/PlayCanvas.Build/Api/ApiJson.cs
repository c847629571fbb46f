using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api;

/// <summary>Serializes and deserializes the API's records: tolerant when reading, strict when writing.</summary>
internal static class ApiJson
{
    /// <summary>Marks the place where a text was cut.</summary>
    public const string Ellipsis = "…";

    private const int MaxExcerptLength = 300;

    /// <summary>The number of characters that are examined: enough for an excerpt, however much white space the text contains.</summary>
    private const int MaxExaminedLength = 4 * MaxExcerptLength;

    private static readonly JsonSerializer Serializer = JsonFile.MakeSerializer(new JsonSerializerSettings
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        Converters = { new UtcDateConverter() },
    });

    public static string Write(object value) => JsonFile.Format(value, serializer: Serializer);

    /// <exception cref="JsonException">The text is not valid JSON, or it has another shape.</exception>
    public static T Read<T>(string json) => JsonFile.Parse<T>(json, Serializer) ?? throw new JsonSerializationException("The body is empty.");

    /// <summary>
    /// Returns the readable text of an error response: the message of <c>{"error": ...}</c>, the title of an HTML page, or the plain text.
    /// </summary>
    public static string ReadErrorMessage(string body)
    {
        try
        {
            if (Read<JToken>(body) is JObject { } answer)
            {
                var error = answer["error"] is JObject nested ? nested["message"] : answer["error"] ?? answer["message"];
                return OneLine(error?.ToString() ?? "");
            }
        }
        catch (JsonException)
        {
            // Not JSON: a proxy's page, or plain text.
        }

        var title = Regex.Match(body, "<title[^<>]*>([^<]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (title.Success)
            return OneLine(title.Groups[1].Value);
        return body.TrimStart().StartsWith("<", StringComparison.Ordinal) ? "" : OneLine(body);
    }

    /// <summary>Returns the beginning of a text on one line and without control characters, so that it can be used in a message.</summary>
    public static string OneLine(string text)
    {
        var line = new string([.. text.Take(MaxExaminedLength).Select(character => char.IsControl(character) || char.IsWhiteSpace(character) ? ' ' : character)]);
        line = string.Join(" ", line.Split([' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxExcerptLength && text.Length <= MaxExaminedLength ? line : line.Substring(0, Math.Min(line.Length, MaxExcerptLength)) + Ellipsis;
    }

    /// <summary>Reads a date without a time zone as UTC, and a value that is not a date as null.</summary>
    private sealed class UtcDateConverter : JsonConverter<DateTimeOffset?>
    {
        public override DateTimeOffset? ReadJson(JsonReader reader, Type objectType, DateTimeOffset? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            DateTimeOffset.TryParse(
                reader.Value as string,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var date) ? date : null;

        public override void WriteJson(JsonWriter writer, DateTimeOffset? value, JsonSerializer serializer) =>
            writer.WriteValue(value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api;

/// <summary>How records are read and written: read tolerantly, written strictly.</summary>
internal static class ApiJson
{
    /// <summary>Stands where a text was cut.</summary>
    public const string Ellipsis = "…";

    private const int LongestExcerpt = 300;

    /// <summary>Enough for an excerpt, however many spaces there are.</summary>
    private const int MostRead = 4 * LongestExcerpt;

    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        Converters = { new UtcDateConverter() },
    };

    public static string Write(object value) => JsonConvert.SerializeObject(value, Settings);

    /// <exception cref="JsonException">The text is no JSON, or has another shape.</exception>
    public static T Read<T>(string json)
    {
        try
        {
            return JsonConvert.DeserializeObject<T>(json, Settings) ?? throw new JsonSerializationException("The body is empty.");
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new JsonSerializationException(error.Message, error);
        }
    }

    /// <summary>The words of an error's body that a person can read: those of <c>{"error": ...}</c>, or of a page's title.</summary>
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

    /// <summary>The beginning of a text, on one line and without control characters: what may stand in a message.</summary>
    public static string OneLine(string text)
    {
        var line = new string([.. text.Take(MostRead).Select(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) ? ' ' : letter)]);
        line = string.Join(" ", line.Split([' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestExcerpt && text.Length <= MostRead ? line : line.Substring(0, Math.Min(line.Length, LongestExcerpt)) + Ellipsis;
    }

    /// <summary>A date without a zone is UTC; one that is no date is as good as none.</summary>
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

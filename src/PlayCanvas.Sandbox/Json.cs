using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PlayCanvas.Sandbox;

/// <summary>Serializes records: some resources of the API use names_like_this, others namesLikeThis.</summary>
internal static class Json
{
    public static JsonSerializerOptions Snake { get; } = Create(JsonNamingPolicy.SnakeCaseLower);

    public static JsonSerializerOptions Camel { get; } = Create(JsonNamingPolicy.CamelCase);

    /// <summary>Formats a date as the API does: ISO 8601 in UTC.</summary>
    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonObject Object<T>(T record, JsonSerializerOptions options) => JsonSerializer.SerializeToNode(record, options)!.AsObject();

    public static GameContent Content(JsonObject json) => GameContent.FromText(json.ToJsonString(Camel));

    private static JsonSerializerOptions Create(JsonNamingPolicy naming) => new()
    {
        PropertyNamingPolicy = naming,
        // Non-ASCII text is not escaped, as in the service's responses.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        Converters = { new DateConverter() },
    };

    private sealed class DateConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Date(value));
    }
}

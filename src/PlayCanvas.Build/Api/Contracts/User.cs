using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>A user, as other records name one.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record User
{
    public string? Id { get; init; }

    public string? Username { get; init; }

    /// <summary>The full name.</summary>
    public string? Name { get; init; }

    /// <summary>The user for a person to read: the name, or else the id; null when the record has neither.</summary>
    public override string? ToString() => Name ?? Username ?? Id;

    /// <summary>Reads an object, or only an id.</summary>
    private sealed class Converter : JsonConverter<User>
    {
        public override bool CanWrite => false;

        public override User? ReadJson(JsonReader reader, Type objectType, User? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            JToken.Load(reader) switch
            {
                JObject user => new User { Id = Text(user["id"]), Username = Text(user["username"]), Name = Text(user["fullName"]) ?? Text(user["name"]) },
                var id => Text(id) is { } text ? new User { Id = text } : null,
            };

        public override void WriteJson(JsonWriter writer, User? value, JsonSerializer serializer) => throw new NotSupportedException();

        private static string? Text(JToken? token) =>
            token is JValue { Value: { } value } && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
    }
}

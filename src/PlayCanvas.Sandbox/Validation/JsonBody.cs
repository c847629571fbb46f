using System.Text.Json;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>
/// The JSON object of a request, parsed strictly: a field with a wrong type or size is rejected, and <see cref="RejectUnknownFields"/> rejects the
/// fields that were not read. An optional field may be null.
/// </summary>
internal sealed class JsonBody
{
    private readonly Dictionary<string, JsonElement> fields;
    private readonly HashSet<string> known = [];

    private JsonBody(Dictionary<string, JsonElement> fields) => this.fields = fields;

    /// <summary>Reads the body; with <paramref name="mayBeEmpty"/>, an empty body is treated as <c>{}</c>.</summary>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, bool mayBeEmpty = false)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        if (mayBeEmpty && bytes.Length == 0)
            return new JsonBody([]);
        if (!request.HasJsonContentType())
            throw ApiException.BadRequest("Content-Type must be application/json");
        return new JsonBody(Parse(bytes.ToArray()));
    }

    /// <summary>Returns the whole object as it was sent.</summary>
    public JsonObject ToObject() => new(fields.Select(field => KeyValuePair.Create(field.Key, JsonSerializer.SerializeToNode(field.Value))));

    public bool Has(string name) => Find(name) is not null;

    public long Id(string name) => OptionalId(name) ?? throw Missing(name);

    public long? OptionalId(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var id) => id,
        _ => throw Wrong(name, "an integer"),
    };

    public IReadOnlyList<long> Ids(string name)
    {
        if (Find(name) is not { } value)
            throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, "an array of integers");
        var ids = value.EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var id) ? id : throw Wrong(name, "an array of integers"))
            .ToList();
        return ids.Count > 0 ? ids : throw ApiException.BadRequest($"field '{name}' must not be empty");
    }

    public string Text(string name, int maximum) =>
        OptionalText(name, maximum, minimum: 1) ?? throw Missing(name);

    public string? OptionalText(string name, int maximum, int minimum = 0)
    {
        if (Find(name) is not { } value)
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a string");
        return text.Length >= minimum && text.Length <= maximum
            ? text
            : throw ApiException.BadRequest($"field '{name}' must have {minimum} to {maximum} characters");
    }

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "a boolean"),
    };

    public void RejectUnknownFields()
    {
        if (fields.Keys.FirstOrDefault(field => !known.Contains(field)) is { } unknown)
            throw ApiException.BadRequest($"unknown field '{unknown}'");
    }

    private static Dictionary<string, JsonElement> Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone())
                : throw ApiException.BadRequest("the body must be a JSON object");
        }
        catch (JsonException exception)
        {
            throw ApiException.BadRequest("the body is not valid JSON: " + exception.Message);
        }
    }

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static ApiException Missing(string name) => ApiException.BadRequest($"field '{name}' is required");

    private static ApiException Wrong(string name, string type) => ApiException.BadRequest($"field '{name}' must be {type}");
}

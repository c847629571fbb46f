using Newtonsoft.Json;

namespace PlayCanvas.Build.Files;

/// <summary>
/// Small files of JSON that hold state between builds. An unreadable one is treated like a missing one: it was damaged, or another version of this
/// package wrote it.
/// </summary>
internal static class JsonFile
{
    /// <summary>Serializes and deserializes the values of such files.</summary>
    public static JsonSerializer Serializer { get; } = MakeSerializer(new JsonSerializerSettings());

    /// <summary>Reads a file; returns null when it does not exist or does not hold such a value.</summary>
    /// <exception cref="IOException">The file exists and cannot be opened.</exception>
    public static T? TryRead<T>(string path)
        where T : class
    {
        if (!File.Exists(path))
            return null;

        using var file = new StreamReader(path);
        return TryParse<T>(file);
    }

    /// <summary>Writes a file atomically, in one line or in many.</summary>
    public static void Write(string path, object value, bool isIndented = false) => AtomicFile.Write(path, file => Write(file, value, isIndented, Serializer));

    /// <summary>Returns a value as JSON, in one line or in many.</summary>
    public static string Format(object value, bool isIndented = false, JsonSerializer? serializer = null)
    {
        using var text = new StringWriter();
        Write(text, value, isIndented, serializer ?? Serializer);
        return text.ToString();
    }

    /// <summary>Returns the value that a text holds; null when the text is not JSON, or is JSON of another shape.</summary>
    public static T? TryParse<T>(string json)
        where T : class => TryParse<T>(new StringReader(json));

    /// <summary>Returns the value that a text holds; null when the text is empty or <c>null</c>.</summary>
    /// <exception cref="JsonException">The text is not JSON, or is JSON of another shape.</exception>
    public static T? Parse<T>(string json, JsonSerializer serializer) => Parse<T>(new StringReader(json), serializer);

    /// <summary>Returns a serializer that does not depend on settings that other code has made for the whole process.</summary>
    public static JsonSerializer MakeSerializer(JsonSerializerSettings settings)
    {
        settings.CheckAdditionalContent = true;
        settings.ContractResolver = ReflectionContractResolver.Instance;
        return JsonSerializer.Create(settings);
    }

    private static T? TryParse<T>(TextReader json)
        where T : class
    {
        try
        {
            return Parse<T>(json, Serializer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads piece by piece: a text of a megabyte would be a large object, and a few of these make a build collect all its garbage.</summary>
    private static T? Parse<T>(TextReader json, JsonSerializer serializer)
    {
        using var reader = new JsonTextReader(json);
        try
        {
            return serializer.Deserialize<T>(reader);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            // Json.NET 13 passes these on when a value does not fit into its property, such as a number that is too large.
            throw new JsonSerializationException(error.Message, error);
        }
    }

    private static void Write(TextWriter text, object value, bool isIndented, JsonSerializer serializer)
    {
        using var json = new JsonTextWriter(text) { Formatting = isIndented ? Formatting.Indented : Formatting.None, CloseOutput = false };
        serializer.Serialize(json, value);
    }
}

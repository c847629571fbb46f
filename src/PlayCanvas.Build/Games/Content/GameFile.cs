using Newtonsoft.Json;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Content;

/// <summary>A file of a game.</summary>
/// <param name="Path">The path relative to the game's folder, with <c>/</c>.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Sha256">The SHA-256, in lower-case hexadecimal.</param>
/// <param name="Md5">The MD5, in lower-case hexadecimal.</param>
/// <param name="Crc">The CRC-32.</param>
[JsonConverter(typeof(Converter))]
internal sealed record GameFile(string Path, long Size, string Sha256, string Md5, uint Crc)
{
    /// <summary>The entry of the export that the file was made from.</summary>
    public ExportedFile Exported
    {
        get => field ?? new ExportedFile(Path, Size, Sha256, Crc);
        init;
    }

    /// <summary>
    /// The length of the compressed entry in the export, in bytes: about what a server with gzip sends. Null when it is not known, and in what is
    /// published, since it depends on where the export came from.
    /// </summary>
    public long? Packed { get; init; }

    /// <summary>True for a file whose bytes differ from those of the export: a <c>config.json</c> with mapped paths.</summary>
    [JsonIgnore]
    public bool IsAdapted => Sha256 != Exported.Sha256;

    /// <summary>Returns the file with other bytes. What was exported stays the same.</summary>
    public GameFile WithBytes(byte[] bytes) => this with
    {
        Size = bytes.Length,
        Sha256 = Files.Sha256.Of(bytes),
        Md5 = Files.Md5.Of(bytes),
        Crc = Crc32.Update(0, bytes, 0, bytes.Length),
        Exported = Exported,
    };

    /// <summary>
    /// Serializes a file as one line: path, length, SHA-256, MD5 and CRC-32, the packed length if it is known, and the entry's name, length,
    /// SHA-256 and CRC-32 if they differ. A manifest contains thousands of files; Json.NET's own format, with property names, takes three times as long to read.
    /// </summary>
    private sealed class Converter : JsonConverter<GameFile>
    {
        public override void WriteJson(JsonWriter writer, GameFile? value, JsonSerializer serializer)
        {
            var formatting = writer.Formatting;
            writer.WriteStartArray();
            writer.Formatting = Formatting.None;
            writer.WriteValue(value!.Path);
            writer.WriteValue(value.Size);
            writer.WriteValue(value.Sha256);
            writer.WriteValue(value.Md5);
            writer.WriteValue(value.Crc);
            if (value.Packed is { } packed)
                writer.WriteValue(packed);
            if (value.IsAdapted || value.Exported.Name != value.Path)
            {
                writer.WriteValue(value.Exported.Name);
                writer.WriteValue(value.Exported.Size);
                writer.WriteValue(value.Exported.Sha256);
                writer.WriteValue(value.Exported.Crc);
            }

            writer.WriteEndArray();
            writer.Formatting = formatting;
        }

        public override GameFile ReadJson(JsonReader reader, Type objectType, GameFile? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            if (reader.TokenType != JsonToken.StartArray)
                throw Unexpected(reader);

            var file = new GameFile(Next<string>(reader), Next<long>(reader), Next<string>(reader), Next<string>(reader), (uint)Next<long>(reader));
            reader.Read();
            if (reader.TokenType == JsonToken.Integer)
            {
                file = file with { Packed = Current<long>(reader) };
                reader.Read();
            }

            if (reader.TokenType != JsonToken.EndArray)
            {
                file = file with
                {
                    Exported = new ExportedFile(Current<string>(reader), Next<long>(reader), Next<string>(reader), (uint)Next<long>(reader)),
                };
                reader.Read();
            }

            return reader.TokenType == JsonToken.EndArray ? file : throw Unexpected(reader);
        }

        private static T Next<T>(JsonReader reader) => reader.Read() ? Current<T>(reader) : throw Unexpected(reader);

        private static T Current<T>(JsonReader reader) => reader.Value is T value ? value : throw Unexpected(reader);

        private static JsonSerializationException Unexpected(JsonReader reader) => new($"Not a file of a manifest: {reader.TokenType} at {reader.Path}");
    }
}

/// <summary>A file as it is in an export.</summary>
/// <param name="Name">The name of the entry, without a folder that wraps the whole export.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Sha256">The SHA-256, in lower-case hexadecimal.</param>
/// <param name="Crc">The CRC-32.</param>
internal sealed record ExportedFile(string Name, long Size, string Sha256, uint Crc);

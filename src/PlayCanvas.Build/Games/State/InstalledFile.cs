using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.State;

/// <summary>A file of an installed game.</summary>
/// <param name="Path">The path relative to the game's folder, with <c>/</c>.</param>
/// <param name="EntryCrc">The CRC-32 of the entry in the export.</param>
/// <param name="EntrySize">The length of the entry in the export, in bytes.</param>
/// <param name="Crc">The CRC-32 of the file: the entry's, unless the file was adapted (a <c>config.json</c> with mapped paths).</param>
/// <param name="Size">The length of the file in bytes.</param>
/// <param name="Md5">The MD5 of the file, in lower-case hexadecimal.</param>
[JsonConverter(typeof(Converter))]
internal sealed record InstalledFile(string Path, uint EntryCrc, long EntrySize, uint Crc, long Size, string Md5)
{
    /// <summary>True for a file whose content differs from the export.</summary>
    public bool IsAdapted => Crc != EntryCrc || Size != EntrySize;

    /// <summary>
    /// Serializes a file as one line: path, length, CRC-32 and MD5, and the entry's length and CRC-32 if they differ. A manifest contains thousands
    /// of files, and every build that does not find its game up to date reads it. Json.NET's own format, with property names, takes three times as
    /// long.
    /// </summary>
    private sealed class Converter : JsonConverter<InstalledFile>
    {
        public override void WriteJson(JsonWriter writer, InstalledFile? value, JsonSerializer serializer)
        {
            var formatting = writer.Formatting;
            writer.WriteStartArray();
            writer.Formatting = Formatting.None;
            writer.WriteValue(value!.Path);
            writer.WriteValue(value.Size);
            writer.WriteValue(value.Crc);
            writer.WriteValue(value.Md5);
            if (value.IsAdapted)
            {
                writer.WriteValue(value.EntrySize);
                writer.WriteValue(value.EntryCrc);
            }

            writer.WriteEndArray();
            writer.Formatting = formatting;
        }

        public override InstalledFile ReadJson(JsonReader reader, Type objectType, InstalledFile? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            if (reader.TokenType != JsonToken.StartArray)
                throw Unexpected(reader);

            var path = Next<string>(reader);
            var size = Next<long>(reader);
            var crc = Next<long>(reader);
            var md5 = Next<string>(reader);
            var (entrySize, entryCrc) = (size, crc);
            if (reader.Read() && reader.TokenType != JsonToken.EndArray)
            {
                entrySize = Current<long>(reader);
                entryCrc = Next<long>(reader);
                reader.Read();
            }

            return reader.TokenType == JsonToken.EndArray
                ? new InstalledFile(path, (uint)entryCrc, entrySize, (uint)crc, size, md5)
                : throw Unexpected(reader);
        }

        private static T Next<T>(JsonReader reader) => reader.Read() ? Current<T>(reader) : throw Unexpected(reader);

        private static T Current<T>(JsonReader reader) => reader.Value is T value ? value : throw Unexpected(reader);

        private static JsonSerializationException Unexpected(JsonReader reader) => new($"Not a file of a manifest: {reader.TokenType} at {reader.Path}");
    }
}

using Newtonsoft.Json;

namespace PlayCanvas.Build.Exports;

/// <summary>A file of an installed game.</summary>
/// <param name="Path">Relative to the game's folder, with <c>/</c>.</param>
/// <param name="EntryCrc">CRC-32 of the entry in the export.</param>
/// <param name="EntrySize">Length of the entry in the export, in bytes.</param>
/// <param name="Crc">CRC-32 of the file: the entry's, unless the file was adapted (a <c>config.json</c> that names mapped paths).</param>
/// <param name="Size">Length of the file in bytes.</param>
/// <param name="Md5">MD5 of the file, in lower-case hexadecimal.</param>
[JsonConverter(typeof(Converter))]
internal sealed record InstalledFile(string Path, uint EntryCrc, long EntrySize, uint Crc, long Size, string Md5)
{
    /// <summary>True for a file that is not what the export had in its place.</summary>
    public bool IsAdapted => Crc != EntryCrc || Size != EntrySize;

    /// <summary>
    /// A line of path, length, CRC-32 and MD5, and the entry's length and CRC-32 where they differ. There are thousands of them in a manifest, which every
    /// build reads that does not find its game up to date: by their names, as Json.NET does it for itself, that takes three times as long.
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

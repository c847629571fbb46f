using System.Text;
using Newtonsoft.Json;

namespace PlayCanvas.Build.Exports;

/// <summary>
/// The text of a <c>config.json</c> that <see cref="GameConfig"/> can read, divided into the records of its assets, so that some can be taken out and
/// everything else stays unchanged character by character.
/// </summary>
internal sealed class ConfigText
{
    private readonly string text;
    private readonly List<Record> records = [];

    /// <param name="text">The text.</param>
    public ConfigText(string text)
    {
        this.text = text;
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = GameConfig.MaxDepth };
        var lines = LineStartsOf(text);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonToken.EndObject)
        {
            var isAssets = reader.TokenType == JsonToken.PropertyName && (string)reader.Value! == GameConfig.AssetsMember;
            if (isAssets && reader.Read() && reader.TokenType is JsonToken.StartObject or JsonToken.StartArray)
                ReadRecords(reader, lines);
            else
                reader.Skip();
        }
    }

    /// <summary>Returns the record of an asset without the description of its file.</summary>
    /// <param name="index">The position of the asset in <see cref="GameConfig.Assets"/>.</param>
    public string RecordOf(int index)
    {
        var record = records[index];
        return text.Substring(record.Start, record.FileStart - record.Start) + text.Substring(record.FileEnd, record.End - record.FileEnd);
    }

    /// <summary>Returns the text without some assets.</summary>
    /// <param name="indexes">The positions of the assets in <see cref="GameConfig.Assets"/>.</param>
    public string Without(ICollection<int> indexes)
    {
        var rest = new StringBuilder(text.Length);
        var (end, isFirst) = (0, true);
        for (var index = 0; index < records.Count; index++)
        {
            var record = records[index];
            isFirst |= record.IsFirst;
            rest.Append(text, end, record.Start - end);
            end = record.End;
            if (indexes.Contains(index))
                continue;

            var start = isFirst && !record.IsFirst ? text.IndexOf(',', record.Start) + 1 : record.Start;
            rest.Append(text, start, end - start);
            isFirst = false;
        }

        return rest.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>Reads the members of a list. Each record begins at the end of the one before it, so that it includes the comma.</summary>
    private void ReadRecords(JsonTextReader reader, List<int> lines)
    {
        var start = PositionOf(reader, lines);
        var isFirst = true;
        while (reader.Read() && reader.TokenType is not (JsonToken.EndObject or JsonToken.EndArray))
        {
            if (reader.TokenType == JsonToken.PropertyName)
                reader.Read();
            var (fileStart, fileEnd) = ReadRecord(reader, lines, start);
            var end = PositionOf(reader, lines);
            records.Add(new Record(start, end, fileStart, fileEnd, isFirst));
            (start, isFirst) = (end, false);
        }
    }

    /// <summary>Reads a record, and returns where the description of its file is: an empty range when it has none.</summary>
    private static (int Start, int End) ReadRecord(JsonTextReader reader, List<int> lines, int start)
    {
        var file = (start, start);
        if (reader.TokenType != JsonToken.StartObject)
        {
            reader.Skip();
            return file;
        }

        while (reader.Read() && reader.TokenType != JsonToken.EndObject)
        {
            var isFile = reader.TokenType == JsonToken.PropertyName && (string)reader.Value! == GameConfig.FileMember;
            var valueStart = PositionOf(reader, lines);
            reader.Skip();
            if (isFile)
                file = (valueStart, PositionOf(reader, lines));
        }

        return file;
    }

    /// <summary>Returns the position behind the last character that was read.</summary>
    private static int PositionOf(JsonTextReader reader, List<int> lines) => lines[reader.LineNumber - 1] + reader.LinePosition;

    /// <summary>Returns the positions of the first characters of all lines. They end as Json.NET counts them.</summary>
    private static List<int> LineStartsOf(string text)
    {
        var starts = new List<int> { 0 };
        for (var end = text.IndexOfAny(LineEnds); end >= 0; end = text.IndexOfAny(LineEnds, end + 1))
        {
            if (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n')
                end++;
            starts.Add(end + 1);
        }

        return starts;
    }

    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>Where a record and the description of its file are in the text, and whether no other record of the same list precedes it.</summary>
    private readonly record struct Record(int Start, int End, int FileStart, int FileEnd, bool IsFirst);
}

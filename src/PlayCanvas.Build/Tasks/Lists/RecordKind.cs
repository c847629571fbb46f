using Microsoft.Build.Framework;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>What a list shows of one kind of record.</summary>
/// <param name="Noun">The name of one record, such as <c>scene</c>.</param>
/// <param name="Nouns">The name of several.</param>
/// <param name="Id">Returns the id, which is the identity of the item.</param>
/// <param name="Fields">Returns all fields of the record: the names and values of the item's metadata.</param>
/// <param name="Columns">The columns of the table.</param>
internal sealed record RecordKind<T>(
    string Noun, string Nouns, Func<T, string?> Id, Func<T, IEnumerable<(string Name, string? Value)>> Fields, IReadOnlyList<Column<T>> Columns)
{
    /// <summary>Creates a list of records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="of">The name of the branch, if the summary is to say it.</param>
    /// <param name="details">What the summary says beside the number of records. Null and empty texts are left out.</param>
    public RecordList MakeList(IReadOnlyList<T> records, string? of, params IEnumerable<string?> details) => new(
        Lists.Summary.Format(records.Count, records.Count == 1 ? Noun : Nouns, of, details),
        width => Table.Format(Columns, records, width),
        redact => records.Select(record => RecordItem.Create(Id(record), Fields(record), redact)));
}

/// <summary>A list of records, for each way in which it is shown.</summary>
/// <param name="Summary">The list in one line: the number of records, and a few details.</param>
/// <param name="FormatTable">Returns the lines of a table with the given width.</param>
/// <param name="MakeItems">Returns the records as items. Its argument masks secrets in texts of the server.</param>
internal sealed record RecordList(string Summary, Func<int, IEnumerable<string>> FormatTable, Func<Func<string, string>, IEnumerable<ITaskItem>> MakeItems);

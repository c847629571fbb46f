using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Games.Project;

namespace PlayCanvas.Build.Tasks;

/// <summary>A record of the service as an MSBuild item: the item's identity is the record's id, and each field is metadata.</summary>
internal static class RecordItem
{
    /// <param name="id">The id of the record.</param>
    /// <param name="fields">The names and values of the metadata. A field that is null becomes an empty text.</param>
    /// <param name="redact">Masks secrets in the server's texts: MSBuild logs items.</param>
    public static ITaskItem Create(string? id, IEnumerable<(string Name, string? Value)> fields, Func<string, string> redact)
    {
        ITaskItem2 item = new TaskItem(MSBuildItemList.Escape(redact(id ?? "")));
        foreach (var (name, value) in fields)
            item.SetMetadataValueLiteral(name, redact(value ?? ""));
        return item;
    }

    public static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time in UTC, in the form of ISO 8601.</summary>
    public static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Text(bool? isOn) => isOn switch
    {
        true => "true",
        false => "false",
        null => null,
    };
}

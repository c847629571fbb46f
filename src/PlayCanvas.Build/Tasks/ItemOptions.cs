using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reads options from the metadata of items: a value comes from the first item that has it.</summary>
internal sealed class ItemOptions(params IReadOnlyList<ITaskItem> items) : IOptionSource
{
    public string? Text(string name) => items.Select(item => item.GetMetadata(name)).FirstOrDefault(IsSet);

    /// <summary>The escaped value is split, so that a semicolon that a project escapes as <c>%3B</c> remains a part of a name.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var value = items.Select(item => ((ITaskItem2)item).GetMetadataValueEscaped(name)).FirstOrDefault(IsSet);
        return value is null ? [] : [.. value.Split(';').Select(Unescape)];
    }

    private static bool IsSet(string value) => !string.IsNullOrWhiteSpace(value);

    /// <summary>MSBuild offers its unescaping only through items.</summary>
    private static string Unescape(string escaped)
    {
        var item = new TaskItem("item");
        item.SetMetadata("Value", escaped);
        return item.GetMetadata("Value");
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace PlayCanvas.Sandbox;

/// <summary>The game's own files, which are in Game/Template and are embedded in the assembly.</summary>
internal static partial class Template
{
    public static byte[] Bytes(string name)
    {
        using var resource = typeof(Template).Assembly.GetManifestResourceStream("Template/" + name)
            ?? throw new InvalidOperationException($"The assembly has no file '{name}'.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Returns the file with each <c>{{name}}</c> replaced by its value.</summary>
    public static GameContent Fill(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = Encoding.UTF8.GetString(Bytes(name));
        foreach (var (key, value) in values)
            text = text.Replace("{{" + key + "}}", value, StringComparison.Ordinal);
        return Placeholder().IsMatch(text)
            ? throw new InvalidOperationException($"'{name}' has a placeholder without a value.")
            : GameContent.FromText(text);
    }

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Placeholder();
}

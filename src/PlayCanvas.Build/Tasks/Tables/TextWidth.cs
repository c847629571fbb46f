using System.Globalization;
using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Tasks.Tables;

/// <summary>
/// Measures texts in the columns of a terminal: East Asian characters and emoji take two, and combining characters none. An emoji that is joined from
/// several, such as a family, is counted as the sum of its parts, although some terminals draw it as one.
/// </summary>
internal static class TextWidth
{
    /// <summary>The first and the last character of each range of wide characters (Unicode Standard Annex #11).</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
        (0x2705, 0x2705), (0x274C, 0x274C), (0x2753, 0x2755), (0x2795, 0x2797), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2E80, 0x303E), (0x3041, 0xA4CF),
        (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F7E0, 0x1F7EB), (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        var width = 0;
        for (var index = 0; index < text.Length; index += LengthAt(text, index))
            width += WidthAt(text, index);
        return width;
    }

    /// <summary>Returns the text, or its beginning with an ellipsis if it is wider than the limit.</summary>
    public static string Shorten(string text, int limit)
    {
        if (Of(text) <= limit)
            return text;

        var width = 0;
        var index = 0;
        while (width + WidthAt(text, index) < limit)
        {
            width += WidthAt(text, index);
            index += LengthAt(text, index);
        }

        return text.Substring(0, index).TrimEnd() + ApiJson.Ellipsis;
    }

    private static int LengthAt(string text, int index) => char.IsSurrogatePair(text, index) ? 2 : 1;

    private static int WidthAt(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ when char.IsSurrogatePair(text, index) => WidthOf(char.ConvertToUtf32(text, index)),
        _ => WidthOf(text[index]),
    };

    private static int WidthOf(int character) => Array.Exists(Wide, range => character >= range.First && character <= range.Last) ? 2 : 1;
}

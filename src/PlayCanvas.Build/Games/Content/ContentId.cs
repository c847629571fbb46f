using System.Security.Cryptography;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Content;

/// <summary>
/// The id of the files of an export, whatever the zip that contained them: the SHA-256 over the sorted list of their names, lengths and SHA-256s.
/// </summary>
/// <remarks>
/// The first line of the list is the version of this rule. If exports of an unchanged branch turn out to differ by a stamp, a later version can
/// leave it out, and its ids differ from those of this version.
/// </remarks>
internal static class ContentId
{
    /// <summary>The number of digits that name a folder in a project.</summary>
    public const int ShortLength = 8;

    /// <summary>Returns the first digits of an id, by which people tell contents and checkpoints apart.</summary>
    public static string Shorten(string id) => id.Length <= ShortLength ? id : id.Substring(0, ShortLength);

    private const string Version = "playcanvas-content 1";

    /// <summary>Returns the id of some files: 64 hexadecimal digits in lower case.</summary>
    public static string Of(IEnumerable<ExportedFile> files)
    {
        using var hash = SHA256.Create();
        using (var list = new StreamWriter(new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)))
        {
            list.Write($"{Version}\n");
            foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
                list.Write(FormattableString.Invariant($"{file.Name}\n{file.Size} {file.Sha256}\n"));
        }

        return Hex.Of(hash.Hash);
    }

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsValid(string? text) => text is { Length: 64 } && text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>Returns one id for each part of a game that has files, in the order of the parts.</summary>
    public static IReadOnlyDictionary<GamePart, string> OfParts(IEnumerable<ExportedFile> files) => files
        .GroupBy(file => ExportLayout.PartOf(file.Name))
        .OrderBy(part => part.Key)
        .ToDictionary(part => part.Key, part => Of(part).Substring(0, 16));
}

/// <summary>The id of what the package does to the files of an export before they are served, and of what it leaves out.</summary>
internal static class AdaptationId
{
    /// <summary>
    /// The id of the rules that map file names to portable ones and put these into <c>config.json</c>. A change of the rules increases it, and
    /// contents are adapted again. A content with this id is whole: nothing is left out of it.
    /// </summary>
    public const string Current = "1";

    private const char Separator = '-';

    /// <summary>Returns the id of a content without some of its files.</summary>
    /// <param name="leftOut">What is left out, as a text.</param>
    public static string Without(string leftOut) => $"{Current}{Separator}{Sha256.Prefix(leftOut, ContentId.ShortLength / 2)}";

    /// <summary>Returns the end of the name of a folder: empty if nothing is left out, and otherwise a hyphen and hexadecimal digits.</summary>
    public static string SuffixOf(string id) => id.IndexOf(Separator) is >= 0 and var at ? id.Substring(at) : "";
}

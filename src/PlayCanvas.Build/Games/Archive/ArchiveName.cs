using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Archive;

/// <summary>
/// Names the files of a branch's archive. Each branch has its own name on every system, because the name ends in a digest of the branch's id: the names of
/// two branches may differ only in case, or in characters that a file name cannot contain. The name is never one that Windows reserves, because it begins
/// with the project's id.
/// </summary>
internal static class ArchiveName
{
    /// <summary>The part of a branch's name that the file name contains, in characters. A file name has at most 255 bytes, and a character up to three.</summary>
    private const int MaxName = 60;

    /// <summary>The length of the digest in bytes.</summary>
    private const int DigestLength = 4;

    private static readonly Regex Temporary =
        new(@"^[0-9]+-.*-[0-9a-f]{8}\.(zip|json)" + Regex.Escape(AtomicFile.TemporaryExtension) + "$", RegexOptions.CultureInvariant);

    /// <summary>Returns the name of the files of a branch's archive, without their extension: <c>1234567-main-3f9a1c2e</c>.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="branch">The branch, which has an id.</param>
    public static string Of(long projectId, Branch branch) => string.Format(
        CultureInfo.InvariantCulture, "{0}-{1}-{2}", projectId, Portable(branch.Name ?? ""), Sha256.Prefix(branch.Id!, DigestLength));

    /// <summary>Whether this is the name of a file that is not complete yet.</summary>
    public static bool IsTemporary(string fileName) => Temporary.IsMatch(fileName);

    /// <summary>Replaces each character except letters, digits and <c>. _ -</c>.</summary>
    private static string Portable(string name)
    {
        var portable = new StringBuilder();
        foreach (var character in name.Take(MaxName))
            portable.Append(char.IsLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '_');
        return portable.ToString();
    }
}

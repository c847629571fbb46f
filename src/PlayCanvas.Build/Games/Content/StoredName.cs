using System.Text;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Content;

/// <summary>
/// The names of files in the store, where a content is one flat folder: exports have a folder for nearly every file, and thousands of folders would
/// take more room than an update of a game, and more time.
/// </summary>
internal static class StoredName
{
    /// <summary>Portable paths do not contain this character, so each path has its own name.</summary>
    private const char Separator = '%';

    /// <summary>In bytes of UTF-8; all systems allow 255.</summary>
    private const int MaxBytes = 240;

    private const int HashBytes = 16;

    /// <summary>Returns the name of the file with a path: the path itself for a file at the root.</summary>
    public static string Of(string path)
    {
        var name = path.Replace('/', Separator);
        return Encoding.UTF8.GetByteCount(name) <= MaxBytes ? name : Sha256.Prefix(path, HashBytes) + Separator;
    }
}

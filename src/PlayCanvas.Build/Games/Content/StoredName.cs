using System.Text;

namespace PlayCanvas.Build.Games.Content;

/// <summary>
/// The names of a game's files in the store and in <c>obj/</c>, where a content is one flat folder: <c>files^assets^1^1^box.png</c>. Exports have two
/// folders for nearly every file. To create and remove these takes more time than to link the files, and they take more room than most updates.
/// </summary>
internal static class StoredName
{
    /// <summary>Replaces the slashes of a path. Portable paths do not contain it, so each path has its own name.</summary>
    public const char Separator = '^';

    /// <summary>In bytes of UTF-8; all systems allow 255.</summary>
    private const int MaxBytes = 240;

    /// <summary>
    /// Returns the name of the file with a path. It is relative, and contains slashes only where a name without them would be longer than systems
    /// allow.
    /// </summary>
    public static string Of(string path) => Encoding.UTF8.GetByteCount(path) <= MaxBytes ? path.Replace('/', Separator) : OfLong(path);

    private static string OfLong(string path)
    {
        var name = new StringBuilder(path.Length);
        var room = MaxBytes;
        foreach (var segment in path.Split('/'))
        {
            var bytes = 1 + Encoding.UTF8.GetByteCount(segment);
            if (name.Length > 0)
                name.Append(bytes <= room ? Separator : '/');
            room = (bytes <= room ? room : MaxBytes) - bytes;
            name.Append(segment);
        }

        return name.ToString();
    }
}

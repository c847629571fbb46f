using System.Security.Cryptography;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Content;

/// <summary>
/// The files of one content in a folder, which is never changed: in the store, or in a project. They have the names of <see cref="StoredName"/>.
/// </summary>
/// <param name="directory">The full path of the folder with the files as they are served.</param>
/// <param name="originals">The full path of the folder with the exported files whose served form differs.</param>
/// <param name="manifestPath">The full path of the manifest, which is written last.</param>
/// <param name="manifest">The manifest.</param>
internal sealed class GameContent(string directory, string originals, string manifestPath, GameManifest manifest)
{
    private readonly DateTime completedAt = File.GetLastWriteTimeUtc(manifestPath);

    /// <summary>The full path of the folder with the files as they are served.</summary>
    public string Directory => directory;

    public string ManifestPath => manifestPath;

    public GameManifest Manifest => manifest;

    /// <summary>Returns the full path of a file as it is served.</summary>
    public string PathOf(GameFile file) => Join(directory, StoredName.Of(file.Path));

    /// <summary>Opens the served form of a file; returns null when the content does not have the file.</summary>
    public StreamReader? Open(string path) => manifest.Files.FirstOrDefault(file => file.Path == path) is { } file ? new StreamReader(PathOf(file)) : null;

    /// <summary>Returns the text of the served form of a file; null when the content does not have the file.</summary>
    public string? ReadText(string path)
    {
        using var text = Open(path);
        return text?.ReadToEnd();
    }

    /// <summary>Returns the full path of a file as it was exported.</summary>
    public string ExportedPathOf(GameFile file) => file.IsAdapted ? Join(originals, StoredName.Of(file.Path)) : PathOf(file);

    /// <summary>
    /// Returns whether no file is missing or damaged. Only the bytes of files that were written after the manifest are compared.
    /// </summary>
    /// <param name="thorough">True to compare the bytes of every file.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public bool IsIntact(bool thorough, CancellationToken cancellationToken)
    {
        var isIntact = true;
        Workers.ForEach(
            manifest.Files,
            token => file =>
            {
                if (!Volatile.Read(ref isIntact))
                    return;
                if (!IsIntact(file, thorough, token))
                    Volatile.Write(ref isIntact, false);
            },
            static () => { },
            cancellationToken);
        return isIntact;
    }

    /// <summary>Returns whether a file is neither missing nor damaged, in both of its forms.</summary>
    public bool IsIntact(GameFile file, bool thorough, CancellationToken cancellationToken) =>
        Is(PathOf(file), file.Size, file.Sha256, thorough, cancellationToken)
        && (!file.IsAdapted || Is(ExportedPathOf(file), file.Exported.Size, file.Exported.Sha256, thorough, cancellationToken));

    /// <summary>Returns the full path at which a new file of a content is written, and creates its folder if its name contains slashes.</summary>
    internal static string NewPathOf(string directory, string path)
    {
        var name = StoredName.Of(path);
        var full = Join(directory, name);
        if (name.IndexOf('/') >= 0)
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    /// <summary>Returns the full path for a path with <c>/</c>.</summary>
    internal static string Join(string directory, string path) => Path.Combine(directory, path.Replace('/', Path.DirectorySeparatorChar));

    private bool Is(string path, long size, string sha256, bool thorough, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var info = new FileInfo(path);
        if (!info.Exists || info.Length != size)
            return false;
        return (!thorough && info.LastWriteTimeUtc <= completedAt) || Sha256Of(info, cancellationToken) == sha256;
    }

    private static string Sha256Of(FileInfo file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var hash = SHA256.Create();
        using var bytes = file.Open(FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Hex.Of(hash.ComputeHash(bytes));
    }
}

using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Exclude;

namespace PlayCanvas.Build.Games.Project;

/// <summary>
/// The folder of one game in a project's <c>obj/</c>: each content has its own folder in it, with hard links into the store, and
/// <see cref="GameInUse"/> names the one in use. The folder is complete in itself, so it can be copied to another machine.
/// </summary>
/// <param name="path">The full path, without a separator at the end.</param>
internal sealed class ProjectFolder(string path)
{
    private string InUsePath => Path.Combine(path, ProjectFiles.GameInUse);

    private string UpToDatePath => Path.Combine(path, ProjectFiles.UpToDate);

    private string UpToDateResultPath => Path.Combine(path, ProjectFiles.UpToDateResult);

    public string FullPath => path;

    /// <summary>What the result file says about the game in a build that finds it up to date; null when the folder has no such text.</summary>
    public string? UpToDateResult => File.Exists(UpToDateResultPath) ? File.ReadAllText(UpToDateResultPath) : null;

    /// <summary>True when the folder exists.</summary>
    public bool Exists => Directory.Exists(path);

    /// <summary>Whether this project waits for an export with these parameters. Configurations that are built side by side may wait for several.</summary>
    public bool Awaits(string parameters) => File.Exists(RequestedPath(parameters));

    /// <summary>Waits until no other build works on this game, and excludes other builds until the result is disposed.</summary>
    /// <exception cref="FileHeldException">The wait was too long.</exception>
    public IDisposable Lock(FileLock locks, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        return locks.Acquire(Path.Combine(path, ProjectFiles.Lock), cancellationToken);
    }

    /// <summary>Returns the record of the content in use; null when there is none.</summary>
    public GameInUse? TryReadInUse() => JsonFile.TryRead<GameInUse>(InUsePath) is { Version: GameInUse.CurrentVersion } inUse ? inUse : null;

    /// <summary>Returns the content in use; null when there is none.</summary>
    public GameContent? Current => TryReadInUse() is { } inUse ? TryOpen(inUse.Directory) : null;

    /// <summary>Returns the content that the project used before the one in use; null when there is none.</summary>
    public GameContent? Previous => TryReadInUse()?.Previous is { } previous ? TryOpen(previous) : null;

    /// <summary>Returns a content that is in this folder; null when it is not, or when a file of it is missing.</summary>
    /// <param name="contentId">The id of the content.</param>
    /// <param name="adaptationId">The id of what was left out of it.</param>
    /// <param name="cancellationToken">Cancels the comparison of files.</param>
    public GameContent? Find(string contentId, string adaptationId, CancellationToken cancellationToken)
    {
        var content = NamesOf(contentId, adaptationId).Select(TryOpen).FirstOrDefault(found => found?.Manifest.ContentId == contentId);
        return content?.Manifest.AdaptationId == adaptationId && content.IsIntact(thorough: false, cancellationToken) ? content : null;
    }

    /// <summary>Returns the name of the folder of a content.</summary>
    public static string NameOf(GameContent content) => Path.GetFileName(content.Directory);

    /// <summary>
    /// Returns the names that the folder of a content may have: the first digits of its id, and more of them only if another content has the same
    /// first digits. What is left out of a content distinguishes the names.
    /// </summary>
    public static IEnumerable<string> NamesOf(string contentId, string adaptationId) =>
        new[] { ContentId.ShortLength, 2 * ContentId.ShortLength }.Select(digits => contentId.Substring(0, digits) + AdaptationId.SuffixOf(adaptationId));

    /// <summary>Links a content into this folder and returns it there.</summary>
    public GameContent Add(AdaptedContent content, CancellationToken cancellationToken)
    {
        var manifest = content.Manifest;
        var name = FreeNameFor(manifest);
        var temporary = Path.Combine(path, name + ProjectFiles.TemporaryExtension);
        Delete(temporary);
        var target = ContentIn(name, manifest);
        try
        {
            Directory.CreateDirectory(temporary);
            Workers.ForEach(
                manifest.Files,
                _ => file => content.Put(file, GameContent.NewPathOf(temporary, file.Path)),
                static () => { },
                cancellationToken);
        }
        catch
        {
            Delete(temporary);
            throw;
        }

        foreach (var file in manifest.Files.Where(file => file.IsAdapted))
            content.PutExported(file, Free(target.ExportedPathOf(file)));

        Delete(target.Directory);
        FileRetry.Run(target.Directory, () => Directory.Move(temporary, target.Directory), cancellationToken);
        AtomicFile.Write(Path.Combine(path, name + ProjectFiles.FileListExtension), list => MSBuildItemList.Write(list, manifest.Files.Select(file => StoredName.Of(file.Path))));
        content.PutManifest(Free(target.ManifestPath));
        return ContentIn(name, manifest);
    }

    /// <summary>Makes a content of this folder the one in use.</summary>
    /// <param name="inUse">The record of the content.</param>
    /// <param name="upToDateResult">What the result file says about the game in a build that finds it up to date.</param>
    /// <param name="upToDate">What an up-to-date build compares; null when the next build must run the task again.</param>
    public void Use(GameInUse inUse, string upToDateResult, string? upToDate)
    {
        AtomicFile.WriteWhenDifferent(UpToDateResultPath, upToDateResult);
        if (TryReadInUse() != inUse)
            AtomicFile.Write(InUsePath, JsonFile.Format(inUse, isIndented: true));
        AtomicFile.Write(UpToDatePath, UpToDateTextOf(inUse, upToDate ?? ""));
        StopWaiting(inUse.Parameters);
    }

    /// <summary>Changes what an up-to-date build compares, unless another build has put another content into use in the meantime.</summary>
    /// <param name="used">What an up-to-date build compares now.</param>
    /// <param name="upToDate">What it shall compare.</param>
    public void RenewUpToDate(string used, string upToDate)
    {
        if (TryReadInUse() is { } inUse && File.ReadAllText(UpToDatePath) == UpToDateTextOf(inUse, used))
            AtomicFile.Write(UpToDatePath, UpToDateTextOf(inUse, upToDate));
    }

    /// <summary>Removes all contents except some, as far as no program has them open.</summary>
    /// <param name="names">The names of the folders of those that stay.</param>
    public void RemoveOthers(IEnumerable<string> names)
    {
        var kept = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        foreach (var manifest in Directory.EnumerateFiles(path, "*" + ProjectFiles.ManifestExtension).ToList())
        {
            var name = Path.GetFileNameWithoutExtension(manifest);
            if (manifest != InUsePath && manifest != UpToDateResultPath && !kept.Contains(name))
                TryRemove(name);
        }
    }

    /// <summary>Records that this project waits for an export.</summary>
    public void Await(string parameters) => AtomicFile.Write(RequestedPath(parameters), parameters);

    /// <summary>Records that this project no longer waits for an export.</summary>
    public void StopWaiting(string parameters) => File.Delete(RequestedPath(parameters));

    /// <summary>Removes everything.</summary>
    public void Remove() => Delete(path);

    private string RequestedPath(string parameters) => Path.Combine(path, $"game.{Sha256.Prefix(parameters, 4)}{ProjectFiles.RequestedExtension}");

    private static string UpToDateTextOf(GameInUse inUse, string upToDate) => $"{inUse.Directory}\n{upToDate}";

    private string FreeNameFor(GameManifest manifest) =>
        NamesOf(manifest.ContentId, manifest.AdaptationId).First(name => TryOpen(name) is not { } other || other.Manifest.ContentId == manifest.ContentId);

    private GameContent? TryOpen(string name) => TryOpen(path, name);

    /// <summary>Returns the content in a folder of a project; null when it is not complete.</summary>
    /// <param name="directory">The full path of the folder with the game's files.</param>
    public static GameContent? TryOpenContent(string directory) => TryOpen(Path.GetDirectoryName(directory)!, Path.GetFileName(directory));

    private static GameContent? TryOpen(string path, string name) =>
        GameManifest.TryRead(Path.Combine(path, name + ProjectFiles.ManifestExtension)) is { } manifest && Directory.Exists(Path.Combine(path, name))
            ? ContentIn(path, name, manifest)
            : null;

    private GameContent ContentIn(string name, GameManifest manifest) => ContentIn(path, name, manifest);

    private static GameContent ContentIn(string path, string name, GameManifest manifest) => new(
        Path.Combine(path, name), Path.Combine(path, name + ProjectFiles.OriginalsExtension), Path.Combine(path, name + ProjectFiles.ManifestExtension), manifest);

    /// <summary>Makes room for a new file at a path, and returns the path.</summary>
    private static string Free(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        return path;
    }

    /// <summary>Removes a content. The manifest goes first, since it says that the folder is complete.</summary>
    private void TryRemove(string name)
    {
        try
        {
            File.Delete(Path.Combine(path, name + ProjectFiles.ManifestExtension));
            File.Delete(Path.Combine(path, name + ProjectFiles.FileListExtension));
            Delete(Path.Combine(path, name));
            Delete(Path.Combine(path, name + ProjectFiles.OriginalsExtension));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A running site has a file of it open. Without its manifest the folder is not used again.
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}

using System.Security.Cryptography;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Project;

/// <summary>
/// A copy of a game in a folder that other tools use. It writes what differs, deletes only what it has written, and never touches other files.
/// </summary>
/// <param name="directory">The full path of the folder.</param>
/// <param name="listPath">The full path of the list of the files that it has written.</param>
internal sealed class GameMirror(string directory, string listPath)
{
    /// <summary>Makes the folder contain exactly some files, and whatever else was there.</summary>
    /// <exception cref="FolderNotOursException">A file that the mirror did not write is in the way; nothing was changed.</exception>
    /// <exception cref="DamagedContentException">A file does not have the bytes that it should have.</exception>
    /// <exception cref="FileInUseException">A file cannot be replaced now.</exception>
    public MirrorResult Update(IReadOnlyList<MirroredFile> files, CancellationToken cancellationToken)
    {
        var (ours, wanted, changed, surplus) = Compare(files);
        if (changed.Count + surplus.Count == 0 && ours.SetEquals(wanted))
            return new MirrorResult(0, 0, 0);

        // Until everything is done, the list also names the files of the old game: a killed build must not make them foreign.
        WriteList(ours.Union(wanted));
        foreach (var folder in changed.Select(file => Path.GetDirectoryName(PathOf(file.Path))!).Distinct())
            Directory.CreateDirectory(folder);
        Workers.ForEach(changed, token => file => Copy(file, token), static () => { }, cancellationToken);
        foreach (var path in surplus)
            Delete(path, cancellationToken);
        WriteList(wanted);
        return ResultOf(changed, surplus);
    }

    /// <summary>Returns what <see cref="Update"/> would do. Nothing is changed.</summary>
    /// <exception cref="FolderNotOursException">A file that the mirror did not write is in the way.</exception>
    public MirrorResult Plan(IReadOnlyList<MirroredFile> files)
    {
        var (_, _, changed, surplus) = Compare(files);
        return ResultOf(changed, surplus);
    }

    /// <summary>Keeps the files out of the repository of a source tree.</summary>
    public void Ignore() => AtomicFile.WriteWhenDifferent(PathOf(EntryPaths.MirrorIgnore), "*\n");

    /// <summary>Deletes what the mirror has written.</summary>
    /// <exception cref="FolderNotOursException">A folder in it is a link; nothing was deleted.</exception>
    public void Remove(CancellationToken cancellationToken)
    {
        var ours = FindWritten();
        foreach (var path in ours)
            Delete(path, cancellationToken);
        if (File.Exists(listPath))
            File.Delete(listPath);
        if (!Directory.Exists(directory))
            return;

        File.Delete(PathOf(EntryPaths.MirrorIgnore));
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            Directory.Delete(directory);
    }

    /// <summary>Returns the paths of the files that the mirror has written.</summary>
    /// <exception cref="FolderNotOursException">A folder in it is a link.</exception>
    public IReadOnlyList<string> FindWritten()
    {
        var ours = ReadList();
        CheckLinks(ours);
        return ours;
    }

    private (HashSet<string> Ours, HashSet<string> Wanted, IReadOnlyList<MirroredFile> Changed, IReadOnlyList<string> Surplus) Compare(IReadOnlyList<MirroredFile> files)
    {
        var ours = new HashSet<string>(ReadList(), StringComparer.Ordinal);
        CheckLinks(files.Select(file => file.Path).Concat(ours));
        var changed = files.Where(file => !IsCurrent(file)).ToList();
        if (changed.FirstOrDefault(file => !ours.Contains(file.Path) && IsForeign(file)) is { } foreign)
            throw new FolderNotOursException(directory, $"it contains \"{foreign.Path}\", which this package did not put there");

        var wanted = new HashSet<string>(files.Select(file => file.Path), StringComparer.Ordinal);
        return (ours, wanted, changed, [.. ours.Where(path => !wanted.Contains(path))]);
    }

    private static MirrorResult ResultOf(IReadOnlyList<MirroredFile> changed, IReadOnlyList<string> surplus) =>
        new(changed.Count, surplus.Count, changed.Sum(file => file.Size));

    private IReadOnlyList<string> ReadList() =>
        File.Exists(listPath) ? [.. File.ReadAllText(listPath).Split('\n').Where(path => path.Length > 0 && EntryPaths.IsPortable(path))] : [];

    private void WriteList(IEnumerable<string> paths)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(listPath)!);
        AtomicFile.WriteWhenDifferent(listPath, string.Join("\n", paths.OrderBy(path => path, StringComparer.Ordinal)) + "\n");
    }

    private string PathOf(string path) => GameContent.Join(directory, path);

    /// <summary>Whether a file has the length and the time of its source. Two contents never have different bytes with the same time.</summary>
    private bool IsCurrent(MirroredFile file)
    {
        var there = new FileInfo(PathOf(file.Path));
        return there.Exists && there.Length == file.Size && there.LastWriteTimeUtc == File.GetLastWriteTimeUtc(file.Source);
    }

    private bool IsForeign(MirroredFile file)
    {
        var path = PathOf(file.Path);
        return Directory.Exists(path) || (File.Exists(path) && !File.ReadAllBytes(path).SequenceEqual(File.ReadAllBytes(file.Source)));
    }

    /// <summary>Writing or deleting through a link would change another place.</summary>
    private void CheckLinks(IEnumerable<string> paths)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in paths.SelectMany(path => EntryPaths.FoldersOf(path).TakeWhile(known.Add)))
        {
            var info = new DirectoryInfo(PathOf(folder));
            if (info.Exists && info.Attributes.HasFlag(FileAttributes.ReparsePoint))
                throw new FolderNotOursException(directory, $"\"{folder}\" in it is a link to another place");
        }
    }

    private void Copy(MirroredFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(file.Path);
        var temporary = target + AtomicFile.TemporaryExtension;
        CopyVerified(file, temporary);
        File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(file.Source));
        FileRetry.Run(target, () => AtomicFile.MoveOver(temporary, target), cancellationToken);
    }

    private static void CopyVerified(MirroredFile file, string target)
    {
        using var hash = SHA256.Create();
        using (var from = new FileStream(file.Source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1))
        using (var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            var buffer = new byte[128 * 1024];
            int read;
            while ((read = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                hash.TransformBlock(buffer, 0, read, null, 0);
                to.Write(buffer, 0, read);
            }

            hash.TransformFinalBlock(buffer, 0, 0);
        }

        if (file.Sha256 is null || Hex.Of(hash.Hash) == file.Sha256)
            return;

        File.Delete(target);
        throw new DamagedContentException(file.Source);
    }

    /// <summary>Deletes a file, and the folders that become empty.</summary>
    private void Delete(string path, CancellationToken cancellationToken)
    {
        var target = PathOf(path);
        if (File.Exists(target))
            FileRetry.Run(target, () => File.Delete(target), cancellationToken);
        foreach (var folder in EntryPaths.FoldersOf(path).Select(PathOf).Where(Directory.Exists))
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }
}

/// <summary>A file of a mirror.</summary>
/// <param name="Path">The path in the mirror, with <c>/</c>.</param>
/// <param name="Source">The full path of the file that is copied.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Sha256">The SHA-256 that the bytes must have; null to copy them unchecked.</param>
internal sealed record MirroredFile(string Path, string Source, long Size, string? Sha256);

/// <summary>What an update of a mirror did.</summary>
internal sealed record MirrorResult(int Written, int Deleted, long Bytes);

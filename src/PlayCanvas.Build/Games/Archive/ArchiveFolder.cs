using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Archive;

/// <summary>
/// The folder with the archives: a zip file for each branch, and a description beside it. A file has its final name only when it is complete and verified.
/// </summary>
/// <param name="path">The full path.</param>
internal sealed class ArchiveFolder(string path)
{
    private const string LockName = ".lock";
    private const string Zip = ".zip";
    private const string Description = ".json";

    public string FullPath => path;

    /// <summary>Creates the folder, waits until no other build uses it, and removes the incomplete files that killed builds have left.</summary>
    /// <returns>The lock, which the caller releases.</returns>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public IDisposable Open(FileLock fileLock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        var held = fileLock.Acquire(Path.Combine(path, LockName), cancellationToken);
        try
        {
            foreach (var left in Directory.EnumerateFiles(path).Where(file => ArchiveName.IsTemporary(Path.GetFileName(file))).ToList())
                File.Delete(left);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Returns the full path of the zip file of a branch.</summary>
    public string ZipOf(long projectId, Branch branch) => Path.Combine(path, ArchiveName.Of(projectId, branch) + Zip);

    /// <summary>Returns the full path of the file that describes a zip file.</summary>
    public static string DescriptionOf(string zip) => Path.ChangeExtension(zip, Description);

    /// <summary>Returns the full path at which a file is prepared.</summary>
    public static string TemporaryOf(string file) => file + AtomicFile.TemporaryExtension;

    /// <summary>
    /// Returns the description of a branch's archive if it names the branch's newest checkpoint; null when there is no such archive. Changes after the
    /// checkpoint are not considered, because the service does not tell of them.
    /// </summary>
    public ArchiveRecord? FindNewest(long projectId, Branch branch)
    {
        var zip = ZipOf(projectId, branch);
        return branch.LatestCheckpointId is { } latest
            && ArchiveRecord.TryRead(DescriptionOf(zip)) is { } record
            && record.File == Path.GetFileName(zip)
            && record.ProjectId == projectId
            && record.Branch.Id == branch.Id
            && record.Checkpoint == latest
            && File.Exists(zip)
                ? record
                : null;
    }

    /// <summary>
    /// Gives a prepared zip file its final name, and describes it. The old description is removed first, so that no description stands beside another
    /// archive than its own, even if the build is killed in between.
    /// </summary>
    /// <exception cref="FileInUseException">Another program has the old file open.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Commit(string zip, ArchiveRecord record, CancellationToken cancellationToken)
    {
        var temporary = TemporaryOf(zip);
        using (var file = new FileStream(temporary, FileMode.Open, FileAccess.Write))
            file.Flush(flushToDisk: true);

        var description = DescriptionOf(zip);
        var temporaryDescription = TemporaryOf(description);
        File.WriteAllText(temporaryDescription, JsonFile.Format(record, isIndented: true) + Environment.NewLine);
        FileRetry.Run(description, () => File.Delete(description), cancellationToken);
        FileRetry.Run(zip, () => AtomicFile.MoveOver(temporary, zip), cancellationToken);
        FileRetry.Run(description, () => AtomicFile.MoveOver(temporaryDescription, description), cancellationToken);
    }

    /// <summary>Removes the files at which a zip file and its description were prepared, if they are still there.</summary>
    public static void Discard(string zip)
    {
        File.Delete(TemporaryOf(zip));
        File.Delete(TemporaryOf(DescriptionOf(zip)));
    }
}

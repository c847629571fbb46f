using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.State;

/// <summary>Checks whether a file of the game is unchanged since it was installed.</summary>
internal sealed class InstalledFileCheck(GameFolder folder, CancellationToken cancellationToken)
{
    private readonly DateTime installedAt = File.GetLastWriteTimeUtc(folder.ManifestPath);

    /// <param name="file">The file, as it was installed.</param>
    /// <param name="thorough">True to compare the content even if the length and time indicate no change.</param>
    /// <exception cref="FileInUseException">The content cannot be read now.</exception>
    public bool IsIntact(InstalledFile file, bool thorough)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var info = new FileInfo(folder.PathOf(file.Path));
        if (!info.Exists || info.Length != file.Size)
            return false;
        return (!thorough && info.LastWriteTimeUtc <= installedAt) || CrcOf(info) == file.Crc;
    }

    private uint CrcOf(FileInfo file)
    {
        uint crc = 0;
        FileRetry.Run(file.FullName, () => crc = Read(file), cancellationToken);
        return crc;
    }

    private uint Read(FileInfo file)
    {
        using var content = file.OpenRead();
        var buffer = new byte[64 * 1024];
        uint crc = 0;
        int read;
        while ((read = content.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            crc = Crc32.Update(crc, buffer, 0, read);
        }

        return crc;
    }
}

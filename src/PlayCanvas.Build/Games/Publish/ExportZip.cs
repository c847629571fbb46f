using System.IO.Compression;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Publish;

/// <summary>Writes a content as the export that it was made from. The same content gives the same bytes.</summary>
internal static class ExportZip
{
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Returns whether a zip file has all exported files of a content and no others. Every byte of it is read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool Holds(GameContent content, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return false;

        using var zip = new FileByteSource(path);
        try
        {
            new ZipVerification(zip, static (_, _) => { }).Run(ZipLimits.Game, cancellationToken);
            var entries = ZipDirectory.Read(zip, ZipLimits.Game, cancellationToken).Select(entry => (entry.Name, entry.Size, entry.Crc));
            return new HashSet<(string, long, uint)>(entries).SetEquals(content.Manifest.Files.Select(file => (file.Exported.Name, file.Exported.Size, file.Exported.Crc)));
        }
        catch (ExportException)
        {
            return false;
        }
    }

    /// <summary>Writes a zip file atomically.</summary>
    /// <exception cref="DamagedContentException">A file of the content is damaged.</exception>
    public static void Write(GameContent content, string path, CancellationToken cancellationToken)
    {
        var damaged = content.Manifest.Files.FirstOrDefault(file => !content.IsIntact(file, thorough: true, cancellationToken));
        if (damaged is not null)
            throw new DamagedContentException(content.ExportedPathOf(damaged));

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + AtomicFile.TemporaryExtension;
        using (var zip = new ZipArchive(new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite), ZipArchiveMode.Create))
        {
            foreach (var file in content.Manifest.Files.OrderBy(file => file.Exported.Name, StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entry = zip.CreateEntry(file.Exported.Name, CompressionLevel.Optimal);
                entry.LastWriteTime = EntryTime;
                using var from = new FileStream(content.ExportedPathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
                using var to = entry.Open();
                from.CopyTo(to);
            }
        }

        AtomicFile.MoveOver(temporary, path);
    }
}

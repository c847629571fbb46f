using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Download;
using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Download;

/// <summary>Adds the content of an export to the store, wherever the export is.</summary>
/// <param name="store">The store.</param>
/// <param name="bases">Contents whose files may be the same, the most similar one first.</param>
/// <param name="onProgress">Called occasionally with the number of bytes transferred, or read from a file, and the length of the export.</param>
/// <param name="onProblems">See <see cref="ContentInstaller"/>.</param>
internal sealed class ContentDownload(
    GameStore store, IReadOnlyList<GameContent> bases, Action<long, long?> onProgress, Action<IReadOnlyList<string>> onProblems)
{
    /// <summary>Downloads an export: only the parts that no other content has, if the server supports it.</summary>
    /// <param name="connection">Sends the requests.</param>
    /// <param name="key">The key of the export, whose lock the caller must hold.</param>
    /// <param name="address">Returns the address of the export; it is called again when the address has expired.</param>
    /// <param name="expected">What the export must contain.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="ExportException">The export is invalid, or has another content than expected.</exception>
    /// <exception cref="ExportDownloadException">The export could not be downloaded.</exception>
    public InstallResult Download(ApiConnection connection, string key, Func<Uri> address, ExportExpectation expected, CancellationToken cancellationToken)
    {
        var wholePath = store.Prepare(key).Download;
        try
        {
            var download = new ExportDownload(connection, address, wholePath, onProgress);
            using var source = download.Open(cancellationToken);
            try
            {
                return Install(source);
            }
            catch (Exception error) when (source is RemoteByteSource && IsFaultOfParts(error))
            {
                // Whatever is wrong with the parts, the whole download may succeed.
                using var whole = download.OpenWhole(cancellationToken);
                return Install(whole);
            }

            InstallResult Install(IByteSource from) =>
                Installer(key, (_, _) => onProgress(download.BytesMoved, from.Length), cancellationToken).Install(from, expected) with
                {
                    Transfer = new Transfer(download.BytesMoved, from.Length),
                };
        }
        finally
        {
            File.Delete(wholePath);
        }
    }

    /// <summary>Adds the content of a zip file to the store.</summary>
    /// <exception cref="ExportException">The export is invalid, or has another content than expected.</exception>
    public InstallResult Read(string zipPath, string key, ExportExpectation expected, CancellationToken cancellationToken)
    {
        using var source = new FileByteSource(zipPath);
        return Installer(key, onProgress, cancellationToken).Install(source, expected);
    }

    private ContentInstaller Installer(string key, Action<long, long?> progress, CancellationToken cancellationToken) =>
        new(store, key, bases, progress, onProblems, cancellationToken);

    private static bool IsFaultOfParts(Exception error) =>
        error is ExportChangedException or ExportException { Fault: ExportFault.Damaged } or ExportDownloadException { IsRangeRefused: true };
}

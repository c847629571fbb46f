using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Games.Store;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>How a file is sent to a browser.</summary>
/// <param name="Bytes">The number of bytes.</param>
/// <param name="Encoding">The compression; null for none.</param>
internal readonly record struct ServedSize(long Bytes, string? Encoding)
{
    /// <summary>
    /// Returns how the files of a content are sent. Nothing is compressed for this: a file has the length of the compressed form that a publish has
    /// made, or else of its entry in the export, if compression pays.
    /// </summary>
    public static Func<GameFile, ServedSize> In(GameStore store)
    {
        var compressed = new KnownCompressedFiles(store);
        return file =>
        {
            if (compressed.Find(file) is { } form)
                return new ServedSize(new FileInfo(form.Path).Length, form.Ending == CompressedFile.Brotli ? "br" : "gzip");
            return file.Packed is { } packed && packed <= file.Size * CompressedFiles.MaxShare
                ? new ServedSize(packed, "deflate")
                : new ServedSize(file.Size, null);
        };
    }
}

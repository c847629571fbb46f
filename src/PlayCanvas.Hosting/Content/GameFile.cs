using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting.Content;

/// <summary>A file of a game, with its compressed variants.</summary>
internal sealed class GameFile(string path, ManifestFile? manifest, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly string contentType = ContentTypes.Of(path);
    private Facts? facts;
    private bool isReported;

    /// <summary>The content type.</summary>
    public string ContentType => contentType;

    /// <summary>Whether the file is a script. Browsers treat a worker's script like a page when pages are isolated.</summary>
    public bool IsScript => contentType == ContentTypes.Script;

    /// <summary>
    /// Returns what is on the disk, or <c>null</c> if the file is missing. The disk is looked at again after a second at the earliest: files may be
    /// replaced or deleted by hand.
    /// </summary>
    public Facts? Look()
    {
        var known = Volatile.Read(ref facts);
        return known is not null && clock.GetElapsedTime(known.LookedAt) < BetweenLooks ? known : LookAgain();
    }

    /// <summary>Looks at the disk now.</summary>
    public Facts? LookAgain()
    {
        var known = Volatile.Read(ref facts);
        var found = Examine(known);
        Volatile.Write(ref facts, found);
        return found;
    }

    private Facts? Examine(Facts? known)
    {
        var now = clock.GetTimestamp();
        var stamp = FileStamp.Of(path);
        if (stamp == default)
        {
            Report(Log.FileMissing);
            return null;
        }

        var isPublished = manifest is not null && stamp.Length == manifest.Length;
        var (brotli, gzip) = isPublished ? (FileStamp.Of(path + Variant.BrotliExtension), FileStamp.Of(path + Variant.GzipExtension)) : default;
        if (known is not null && known.IsStill(stamp, brotli, gzip))
            return known.WithTime(now);

        if (!isPublished)
            Report(Log.FileReplaced);
        var tag = isPublished ? TagOf(manifest!.Sha256) : $"{stamp.Ticks:x}-{stamp.Length:x}";
        return new Facts(
            now,
            stamp,
            isPublished ? manifest!.Md5 : null,
            new Variant(path, Encoding: null, stamp.Length, $"\"{tag}\""),
            brotli == default ? null : new Variant(path + Variant.BrotliExtension, "br", brotli.Length, $"\"{tag}-br\"") { Stamp = brotli },
            gzip == default ? null : new Variant(path + Variant.GzipExtension, "gzip", gzip.Length, $"\"{tag}-gz\"") { Stamp = gzip });
    }

    /// <summary>Logs once that the file is not the one in the manifest.</summary>
    private void Report(Action<ILogger, string> log)
    {
        if (manifest is null || isReported)
            return;
        isReported = true;
        log(logger, path);
    }

    private static string TagOf(UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}

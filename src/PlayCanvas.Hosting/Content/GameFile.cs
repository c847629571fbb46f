using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting.Content;

/// <summary>A file of a game, with its compressed variants.</summary>
/// <param name="folder">The folder of the game.</param>
/// <param name="location">The path inside the folder, with slashes.</param>
/// <param name="manifest">What the manifest says about the file; <c>null</c> if there is no manifest.</param>
/// <param name="clock">The clock by which the disk is looked at again.</param>
/// <param name="logger">Where problems are logged.</param>
internal sealed class GameFile(string folder, string location, ManifestFile? manifest, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private Facts? facts;
    private bool isReported;

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
        // Made when it is needed: most of the files of a large game may never be requested.
        var path = known?.Identity.Path ?? Path.Join(folder, location);
        var stamp = FileStamp.Of(path);
        if (stamp == default)
        {
            Report(Log.FileMissing, path);
            return null;
        }

        var isPublished = manifest is not null && stamp.Length == manifest.Length;
        var (brotli, gzip) = isPublished ? (FileStamp.Of(path + Variant.BrotliExtension), FileStamp.Of(path + Variant.GzipExtension)) : default;
        if (known is not null && known.IsStill(stamp, brotli, gzip))
            return known.WithTime(now);

        if (!isPublished)
            Report(Log.FileReplaced, path);
        var tag = isPublished ? TagOf(manifest!.Sha256) : $"{stamp.Ticks:x}-{stamp.Length:x}";
        return new Facts(
            now,
            stamp,
            known?.ContentType ?? ContentTypes.Of(path),
            isPublished ? manifest!.Md5 : null,
            new Variant(path, Encoding: null, stamp.Length, $"\"{tag}\""),
            brotli == default ? null : new Variant(path + Variant.BrotliExtension, "br", brotli.Length, $"\"{tag}-br\"") { Stamp = brotli },
            gzip == default ? null : new Variant(path + Variant.GzipExtension, "gzip", gzip.Length, $"\"{tag}-gz\"") { Stamp = gzip });
    }

    /// <summary>Logs once that the file is not the one in the manifest.</summary>
    private void Report(Action<ILogger, string> log, string path)
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

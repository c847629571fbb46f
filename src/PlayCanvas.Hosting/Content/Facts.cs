using System.Globalization;

namespace PlayCanvas.Hosting.Content;

/// <summary>What is known about a file on the disk.</summary>
/// <param name="LookedAt">When the disk was looked at: a time stamp of the clock.</param>
/// <param name="Stamp">The time and the length of the file.</param>
/// <param name="ContentType">The content type.</param>
/// <param name="Md5">The MD5 of the file, or <c>null</c> if the file is not the one in the manifest.</param>
/// <param name="Identity">The file itself.</param>
/// <param name="Brotli">The variant that is compressed with Brotli, if there is one.</param>
/// <param name="Gzip">The variant that is compressed with gzip, if there is one.</param>
internal sealed record Facts(long LookedAt, FileStamp Stamp, string ContentType, UInt128? Md5, Variant Identity, Variant? Brotli, Variant? Gzip)
{
    /// <summary>Whether the file is a script. Browsers treat a worker's script like a page when pages are isolated.</summary>
    public bool IsScript => ContentType == ContentTypes.Script;

    /// <summary>The time of the last change, in whole seconds as in HTTP.</summary>
    public DateTimeOffset LastModified { get; } = new(Stamp.Ticks - (Stamp.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>The same time as a header.</summary>
    public string LastModifiedHeader { get; } = new DateTimeOffset(Stamp.Ticks, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether the files on the disk still have these stamps.</summary>
    public bool IsStill(FileStamp stamp, FileStamp brotli, FileStamp gzip) =>
        stamp == Stamp && brotli == (Brotli?.Stamp ?? default) && gzip == (Gzip?.Stamp ?? default);

    /// <summary>Returns the same facts, seen at another time.</summary>
    public Facts WithTime(long now) => this with { LookedAt = now };
}

/// <summary>A file as it can be sent.</summary>
/// <param name="Path">The path on the disk.</param>
/// <param name="Encoding">The content encoding, or <c>null</c> for the file itself.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="ETag">The entity tag, with its quotation marks.</param>
internal sealed record Variant(string Path, string? Encoding, long Length, string ETag)
{
    public const string BrotliExtension = ".br";
    public const string GzipExtension = ".gz";

    /// <summary>The time and the length of the file.</summary>
    public FileStamp Stamp { get; init; }
}

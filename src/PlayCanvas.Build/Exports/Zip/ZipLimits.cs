namespace PlayCanvas.Build.Exports.Zip;

/// <summary>What a zip may contain. A zip that exceeds a limit is rejected before any of it is unpacked.</summary>
/// <param name="Entries">The maximum number of entries.</param>
/// <param name="TotalSize">The maximum total size of the unpacked entries, in bytes.</param>
/// <param name="Ratio">The maximum compression ratio.</param>
internal sealed record ZipLimits(int Entries, long TotalSize, int Ratio)
{
    /// <summary>Below this total size, in bytes, any ratio is harmless.</summary>
    public const long RatioFreeSize = 64 * 1024 * 1024;

    /// <summary>
    /// A game, which is unpacked. The largest real exports have fewer than a thousand files and less than 200 MB. Deflate cannot exceed 1032:1, and game
    /// files stay below 20:1.
    /// </summary>
    public static ZipLimits Game { get; } = new(200_000, 32L * 1024 * 1024 * 1024, 250);

    /// <summary>The archive of a project, which is read and not unpacked, so that its size does no harm. The list of its entries is kept in memory.</summary>
    public static ZipLimits Archive { get; } = new(2_000_000, long.MaxValue, int.MaxValue);
}

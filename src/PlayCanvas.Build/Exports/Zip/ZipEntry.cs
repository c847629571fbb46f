namespace PlayCanvas.Build.Exports.Zip;

/// <summary>
/// A file in a zip, as the central directory describes it. Local headers are not used for this, because exports leave the sizes there 0.
/// </summary>
internal sealed record ZipEntry(string Name, uint Crc, long Size, long CompressedSize, long HeaderOffset, bool IsDeflated)
{
    /// <summary>The name of the entry in the zip, even if <see cref="Name"/> is changed.</summary>
    public string StoredName { get; } = Name;

    /// <summary>The start of the next entry, which ends the bytes of this one.</summary>
    public long EndOffset { get; init; }
}

namespace PlayCanvas.Build.Exports.Zip;

/// <summary>A file in a zip, as the central directory describes it. Local headers are not asked: exports leave their sizes 0.</summary>
internal sealed record ZipEntry(string Name, uint Crc, long Size, long CompressedSize, long HeaderOffset, bool IsDeflated)
{
    /// <summary>The name as the file itself spells it, which its local header repeats.</summary>
    public string StoredName { get; init; } = Name;

    /// <summary>Where the next entry begins: what is read of this one lies before.</summary>
    public long EndOffset { get; init; }
}

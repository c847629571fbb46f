namespace PlayCanvas.Build.Exports.Install;

/// <summary>What an install did.</summary>
internal sealed record InstallResult(GameManifest Manifest)
{
    public int Added { get; init; }

    public int Changed { get; init; }

    public int Removed { get; init; }

    public long BytesWritten { get; init; }

    /// <summary>What the network had to do with it; null when the export was a file.</summary>
    public Transfer? Transfer { get; init; }
}

/// <summary>Bytes that were moved over the network, of the length of the export.</summary>
internal sealed record Transfer(long Moved, long Length);

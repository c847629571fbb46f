using PlayCanvas.Build.Games.State;

namespace PlayCanvas.Build.Games.Install;

/// <summary>What an install did.</summary>
internal sealed record InstallResult(GameManifest Manifest)
{
    public int Added { get; init; }

    public int Changed { get; init; }

    public int Removed { get; init; }

    public long BytesWritten { get; init; }

    /// <summary>The network transfer; null when the export was a file.</summary>
    public Transfer? Transfer { get; init; }
}

/// <summary>The number of bytes that were transferred, and the length of the export in bytes.</summary>
internal sealed record Transfer(long Moved, long Length);

using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Install;

/// <summary>What an install did.</summary>
/// <param name="Content">The content, in the store.</param>
internal sealed record InstallResult(GameContent Content)
{
    /// <summary>The network transfer; null when the export was a file.</summary>
    public Transfer? Transfer { get; init; }
}

/// <summary>The number of bytes that were transferred, and the length of the export in bytes.</summary>
internal sealed record Transfer(long Moved, long Length);

namespace PlayCanvas.Build.Exports;

/// <summary>What an export must be to be installed.</summary>
internal sealed record ExportExpectation
{
    /// <summary>What was asked for, in the words of the targets.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The server's job that made the export; null for a zip file.</summary>
    public string? JobId { get; init; }

    /// <summary>When the export was made (UTC).</summary>
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>Ids of the scenes that were asked for, the one that starts first; empty when nobody asked.</summary>
    public IReadOnlyList<long> Scenes { get; init; } = [];

    /// <summary>Id of the branch that was asked for; null when nobody asked.</summary>
    public string? BranchId { get; init; }

    /// <summary>True where a source project was asked for instead of a game that can be served.</summary>
    public bool IsSource { get; init; }
}

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

/// <summary>What the files of a game tell about it.</summary>
/// <param name="VerifiedFiles">How many were compared with a hash of <c>config.json</c>.</param>
/// <param name="EngineVersion">Such as <c>2.20.6</c>; null when it could not be found out.</param>
internal sealed record GameFacts(int VerifiedFiles, string? EngineVersion);

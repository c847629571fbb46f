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

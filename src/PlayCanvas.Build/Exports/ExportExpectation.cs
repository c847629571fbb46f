namespace PlayCanvas.Build.Exports;

/// <summary>The conditions that an export must meet to be installed.</summary>
internal sealed record ExportExpectation
{
    /// <summary>When the export was created (UTC).</summary>
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>The ids of the requested scenes, with the start scene first; empty when no scenes were requested.</summary>
    public IReadOnlyList<long> Scenes { get; init; } = [];

    /// <summary>The id of the requested branch; null when no branch was requested.</summary>
    public string? BranchId { get; init; }

    /// <summary>True when a source project was requested instead of a game that can be served.</summary>
    public bool IsSource { get; init; }

    /// <summary>The id that the content must have; null for any content.</summary>
    public string? ContentId { get; init; }
}

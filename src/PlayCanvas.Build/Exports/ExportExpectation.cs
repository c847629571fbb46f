namespace PlayCanvas.Build.Exports;

/// <summary>The conditions that an export must meet to be installed.</summary>
internal sealed record ExportExpectation
{
    /// <summary>The requested parameters, in a form that does not depend on how the project writes them.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The requested parameters, as the targets write them.</summary>
    public string BuildParameters { get; init; } = "";

    /// <summary>The server's job that created the export; null for a zip file.</summary>
    public string? JobId { get; init; }

    /// <summary>When the export was created (UTC).</summary>
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>The ids of the requested scenes, with the start scene first; empty when no scenes were requested.</summary>
    public IReadOnlyList<long> Scenes { get; init; } = [];

    /// <summary>The id of the requested branch; null when no branch was requested.</summary>
    public string? BranchId { get; init; }

    /// <summary>True when a source project was requested instead of a game that can be served.</summary>
    public bool IsSource { get; init; }
}

using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>A validated request to <c>POST apps</c> or <c>POST apps/download</c>.</summary>
internal sealed record AppRequest(int ProjectId, int OwnerId, ExportSettings Settings, JsonObject Body)
{
    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? ReleaseNotes { get; init; }

    public string? EngineVersion { get; init; }

    public bool OptimizeSceneFormat { get; init; }
}

using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>What <c>POST apps</c> and <c>POST apps/download</c> ask for, once it is found to be right.</summary>
internal sealed record AppRequest(int ProjectId, int OwnerId, ExportSettings Settings, JsonObject Body)
{
    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? ReleaseNotes { get; init; }

    public string? EngineVersion { get; init; }

    public bool OptimizeSceneFormat { get; init; }
}

using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Games.Status;

/// <summary>The status of one game: what is here, compared with what the service says.</summary>
/// <param name="Game">What is here.</param>
/// <param name="Project">What the service says; null for a game without a PlayCanvas project.</param>
internal sealed record GameStatus(LocalGame Game, ProjectStatus? Project)
{
    /// <summary>The branch that the project selects; null when it is not known.</summary>
    public BranchHistory? Branch => Project?.HistoryOf(Game);

    /// <summary>The name of the branch of the content; null when it is not known.</summary>
    public string? BranchName => Project?.NameOf(Game.BranchId) ?? Game.RecordedBranchName;

    /// <summary>The checkpoint of the content, as the service describes it; null when it is not known.</summary>
    public Checkpoint? Checkpoint => Branch?.CheckpointOf(Game);

    /// <summary>The id of the checkpoint of the content; null when it is not known.</summary>
    public string? CheckpointId => Checkpoint?.Id ?? (Game.Checkpoints.Count == 0 ? null : Game.Checkpoints[0]);

    /// <summary>What the branch has that is newer than the content.</summary>
    public NewerCheckpoints Newer => Branch?.NewerThan(Game) ?? new NewerCheckpoints(Freshness.Unknown);

    /// <summary>The primary app, and where it came from; null when there is none, or when it is not known.</summary>
    public AppOrigin? Primary => OriginOf(Project?.Primary);

    /// <summary>The newest app, and where it came from; null when there is none, or when it is not known.</summary>
    public AppOrigin? Newest => OriginOf(Project?.Newest);

    private AppOrigin? OriginOf(App? app) => app is null ? null : new AppOrigin(app, Project!.BuildOf(app), Project.CheckpointOf(app));
}

/// <summary>A published app, and where it came from.</summary>
/// <param name="App">The app.</param>
/// <param name="Build">The build that published it; null when it is not known.</param>
/// <param name="CheckpointId">The id of its checkpoint; null when it is not known.</param>
internal sealed record AppOrigin(App App, BuildRecord? Build, string? CheckpointId)
{
    /// <summary>The name of who published the app; null when it is not known.</summary>
    public string? User => Build?.Actor?.ToString();

    /// <summary>When the app was requested; null when it is not known.</summary>
    public DateTimeOffset? CreatedAt => App.CreatedAt ?? Build?.CreatedAt;
}

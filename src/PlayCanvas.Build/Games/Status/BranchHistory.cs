using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Games.Status;

/// <summary>A branch and its newest checkpoints, as far as they were requested.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Checkpoints">The checkpoints, the newest first.</param>
/// <param name="HasMore">Whether the branch has, or may have, older checkpoints that were not requested.</param>
internal sealed record BranchHistory(Branch Branch, IReadOnlyList<Checkpoint> Checkpoints, bool HasMore)
{
    /// <summary>Returns the checkpoint of a game; null when it is not among those that were requested.</summary>
    public Checkpoint? CheckpointOf(LocalGame game) => Checkpoints.FirstOrDefault(checkpoint => IsOf(game, checkpoint.Id));

    /// <summary>Returns the newest checkpoint that existed at a time; null when it is not among those that were requested.</summary>
    public Checkpoint? NewestAt(DateTimeOffset? time) => Checkpoints.FirstOrDefault(checkpoint => checkpoint.CreatedAt <= time);

    /// <summary>Compares the branch with a game.</summary>
    public NewerCheckpoints NewerThan(LocalGame game)
    {
        if (game.Checkpoints.Count == 0)
            return new NewerCheckpoints(Freshness.Unknown);
        if (IsOfOtherBranch(game))
            return new NewerCheckpoints(Freshness.Elsewhere);
        if (IsOf(game, Branch.LatestCheckpointId))
            return new NewerCheckpoints(Freshness.Newest);

        var newer = Checkpoints.TakeWhile(checkpoint => !IsOf(game, checkpoint.Id)).ToList();
        if (newer.Count < Checkpoints.Count)
            return new NewerCheckpoints(newer.Count == 0 ? Freshness.Newest : Freshness.Older) { Checkpoints = newer };

        return HasMore ? new NewerCheckpoints(Freshness.Older) { Checkpoints = newer, HasMore = true } : new NewerCheckpoints(Freshness.Elsewhere);
    }

    /// <summary>Whether a game is known to be of another branch.</summary>
    public bool IsOfOtherBranch(LocalGame game) => game.BranchId is not null && game.BranchId != Branch.Id;

    private static bool IsOf(LocalGame game, string? checkpointId) => checkpointId is not null && game.Checkpoints.Contains(checkpointId);
}

/// <summary>How a game compares with its branch.</summary>
internal enum Freshness
{
    /// <summary>The game does not name its checkpoint, or there is no game.</summary>
    Unknown,

    /// <summary>The game is of the newest checkpoint.</summary>
    Newest,

    /// <summary>The branch has newer checkpoints.</summary>
    Older,

    /// <summary>The game is of another branch, or the branch does not have its checkpoint.</summary>
    Elsewhere,
}

/// <summary>The checkpoints of a branch that are newer than a game.</summary>
/// <param name="Freshness">How the game compares with the branch.</param>
internal sealed record NewerCheckpoints(Freshness Freshness)
{
    /// <summary>The newer checkpoints, the newest first.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Whether there may be more of them than were requested.</summary>
    public bool HasMore { get; init; }
}

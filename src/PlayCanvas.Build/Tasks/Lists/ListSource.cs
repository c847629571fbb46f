using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Where a list comes from: the project and the branch of a game.</summary>
internal sealed class ListSource(PlayCanvasClient client, GameSettings game, CancellationToken cancellationToken)
{
    private IReadOnlyList<Branch>? branches;

    public PlayCanvasClient Client => client;

    public long ProjectId => game.ProjectId;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>All branches of the project, which are requested once.</summary>
    public IReadOnlyList<Branch> Branches => branches ??= client.ListBranches(ProjectId, cancellationToken);

    /// <summary>The name of the game's branch; null when the game does not name one.</summary>
    public string? BranchName => game.Branch is null ? null : Branch?.Name;

    /// <summary>The id of the game's branch; null when the game does not name one, which stands for the main branch.</summary>
    /// <exception cref="NameException">The project does not have the branch.</exception>
    public string? BranchId => game.Branch is { } named ? ProjectSelection.BranchId(named, Branches) : null;

    /// <summary>The branch of the game; null when no branch is marked as the main branch.</summary>
    /// <exception cref="NameException">The project does not have the branch.</exception>
    public Branch? Branch => BranchId is { } id ? Branches.First(branch => branch.Id == id) : Branches.FirstOrDefault(branch => branch.Permanent == true);
}

using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Client;

/// <summary>The branches and the scenes of a project. Each list is requested when it is first needed, and kept.</summary>
/// <param name="client">Requests them.</param>
/// <param name="projectId">The project.</param>
/// <param name="cancellationToken">Cancels the requests.</param>
internal sealed class ProjectLists(PlayCanvasClient client, long projectId, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, IReadOnlyList<Scene>> scenes = [];
    private IReadOnlyList<Branch>? branches;

    /// <exception cref="ApiException">The request failed.</exception>
    public IReadOnlyList<Branch> Branches => branches ??= client.ListBranches(projectId, cancellationToken);

    /// <summary>Returns the scenes of a branch; null stands for the main branch.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public IReadOnlyList<Scene> Scenes(string? branchId)
    {
        var key = branchId ?? "";
        return scenes.TryGetValue(key, out var known) ? known : scenes[key] = client.ListScenes(projectId, branchId, cancellationToken);
    }

    /// <summary>Returns a branch, or the main one for null; null when the project does not have it.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public Branch? FindBranch(string? branchId) =>
        Branches.FirstOrDefault(branch => branchId is null ? branch.Permanent == true : branch.Id == branchId);

    /// <summary>Returns a branch, or the main one for null; null when it cannot be had by one attempt. For facts that are only reported.</summary>
    public Branch? TryFindBranch(string? branchId)
    {
        try
        {
            branches ??= client.WithoutRetries.ListBranches(projectId, cancellationToken);
            return FindBranch(branchId);
        }
        catch (ApiException)
        {
            return null;
        }
    }
}

using System.Globalization;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Tasks.Results;

namespace PlayCanvas.Build.Tasks;

/// <summary>The names of the branch and of the scenes of a request, which itself has only their ids.</summary>
internal static class RequestNames
{
    /// <summary>Returns the scenes of a request, with the start scene first.</summary>
    public static IReadOnlyList<LockedName> ScenesOf(AppRequest request, ProjectLists lists)
    {
        var scenes = lists.Scenes(request.BranchId);
        return [.. request.Scenes.Select(id => new LockedName(id.ToString(CultureInfo.InvariantCulture), scenes.FirstOrDefault(scene => scene.Id == id)?.Name))];
    }

    /// <summary>Returns the branch of a request; null for the main branch if it is not known.</summary>
    /// <param name="request">The request.</param>
    /// <param name="branch">The branch, if it could be looked up.</param>
    public static LockedName? BranchOf(AppRequest request, Branch? branch) =>
        (branch?.Id ?? request.BranchId) is { } id ? new LockedName(id, branch?.Name) : null;

    /// <summary>Names the branch and the scenes of a result in a message, such as <c>main: Main, Level 2</c>.</summary>
    public static string Describe(BuildResult result) =>
        $"{(result.Branch is { } branch ? branch.Name ?? branch.Id : "the main branch")}: {string.Join(", ", (result.Scenes ?? []).Select(scene => scene.Name ?? scene.Id))}";
}

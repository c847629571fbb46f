using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Games.Status;

/// <summary>
/// What the service says about one PlayCanvas project. Each member has its value as soon as the service has answered, so a request that fails leaves
/// the values of those before it.
/// </summary>
/// <param name="projectId">The project.</param>
internal sealed class ProjectStatus(long projectId)
{
    /// <summary>The most requests that are sent for a project, all of them GET requests of the normal class.</summary>
    public const int MaxRequests = 6;

    /// <summary>The primary app, the newest app and the builds take one request each.</summary>
    private const int MaxBranchRequests = MaxRequests - 3;

    private readonly List<Branch> branches = [];
    private readonly Dictionary<string, BranchHistory> histories = [];

    /// <summary>The ids of the branches that games select, by the name or id in the project; an empty text stands for the main branch.</summary>
    private readonly Dictionary<string, string> selected = [];
    private int remaining = MaxBranchRequests;

    public long ProjectId => projectId;

    /// <summary>Whether the service has said which apps there are.</summary>
    public bool HasApps { get; private set; }

    /// <summary>The primary app; null when there is none.</summary>
    public App? Primary { get; private set; }

    /// <summary>The newest app; null when there is none.</summary>
    public App? Newest { get; private set; }

    /// <summary>Whether the token may not list the builds, so that the origin of the apps is unknown.</summary>
    public bool HidesBuilds { get; private set; }

    /// <summary>The publishes of the project; empty when they are unknown.</summary>
    private IReadOnlyList<BuildRecord> Builds { get; set; } = [];

    /// <summary>Whether the service has said which branches there are.</summary>
    public bool HasBranches => branches.Count > 0;

    /// <summary>The number of branches that were listed.</summary>
    public int BranchCount => branches.Count;

    /// <summary>Whether the project has more branches than were listed.</summary>
    public bool HasMoreBranches { get; private set; }

    /// <summary>Sends the requests. A failed one is not repeated, and no other follows it.</summary>
    /// <param name="client">The API.</param>
    /// <param name="games">The games of the project.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">A request failed.</exception>
    /// <exception cref="NameException">A game's branch does not exist.</exception>
    public void Request(PlayCanvasClient client, IReadOnlyList<LocalGame> games, CancellationToken cancellationToken)
    {
        client = client.WithoutRetries;
        RequestApps(client, cancellationToken);
        if (Newest is not null)
            RequestBuilds(client, cancellationToken);
        RequestBranches(client, games, cancellationToken);
        RequestCheckpoints(client, games, cancellationToken);
    }

    /// <summary>Returns the branch that a game's project selects; null when it is not among those that were listed.</summary>
    public BranchHistory? HistoryOf(LocalGame game) =>
        selected.TryGetValue(game.Branch ?? "", out var id) && histories.TryGetValue(id, out var history) ? history : null;

    /// <summary>Returns the name of a branch; null when it is not among those that were listed.</summary>
    public string? NameOf(string? branchId) => branchId is null ? null : branches.FirstOrDefault(branch => branch.Id == branchId)?.Name;

    /// <summary>Returns the build that published an app; null when it is not known.</summary>
    public BuildRecord? BuildOf(App app) => Builds.FirstOrDefault(build => build.AppId == app.Id);

    /// <summary>
    /// Returns the id of the checkpoint of an app; null when it is not known. The app's release notes name the checkpoint that its release made. For any
    /// other app, it is the newest one that the branch had when the app was requested, since the records of the service do not name it.
    /// </summary>
    public string? CheckpointOf(App app) => PublishMark.CheckpointIn(app.ReleaseNotes) ?? NewestCheckpointAt(BuildOf(app), app.CreatedAt)?.Id;

    private Checkpoint? NewestCheckpointAt(BuildRecord? build, DateTimeOffset? time) =>
        build?.Branch?.Id is { } branchId && histories.TryGetValue(branchId, out var history) ? history.NewestAt(time ?? build.CreatedAt) : null;

    private void RequestApps(PlayCanvasClient client, CancellationToken cancellationToken)
    {
        var primary = client.GetPrimaryApp(projectId, cancellationToken);
        var newest = client.GetNewestApps(projectId, cancellationToken).Records.OrderByDescending(app => app.CreatedAt).ThenByDescending(app => app.Id).FirstOrDefault();
        (HasApps, Primary, Newest) = (true, primary, newest ?? primary);
    }

    private void RequestBuilds(PlayCanvasClient client, CancellationToken cancellationToken)
    {
        var page = client.GetBuilds(projectId, BuildType.Publish, cancellationToken);
        HidesBuilds = page is null;
        Builds = page?.Records ?? [];
    }

    /// <summary>Lists branches until that of each game is found. One request is left for checkpoints.</summary>
    private void RequestBranches(PlayCanvasClient client, IReadOnlyList<LocalGame> games, CancellationToken cancellationToken)
    {
        string? last = null;
        do
        {
            var page = client.GetBranches(projectId, last, cancellationToken);
            remaining--;
            branches.AddRange(page.Records);
            last = page.NextCursor(branch => branch.Id);
            HasMoreBranches = last is not null;
        }
        while (HasMoreBranches && remaining > 1 && games.Any(game => Find(game) is null));

        foreach (var game in games)
        {
            if (Find(game) is { Id: { } id } branch)
                (selected[game.Branch ?? ""], histories[id]) = (id, new BranchHistory(branch, [], HasMore: true));
        }
    }

    /// <summary>Lists the newest checkpoints of each branch, then older ones until the checkpoint of each game is found.</summary>
    private void RequestCheckpoints(PlayCanvasClient client, IReadOnlyList<LocalGame> games, CancellationToken cancellationToken)
    {
        foreach (var branchId in histories.Keys.ToList())
            RequestPage(client, branchId, cancellationToken);
        while (remaining > 0 && games.Select(HistoryOf).FirstOrDefault(history => history is not null && games.Any(game => NeedsMore(game, history))) is { } history)
            RequestPage(client, history.Branch.Id!, cancellationToken);
    }

    private bool NeedsMore(LocalGame game, BranchHistory history) => HistoryOf(game) == history && history.NewerThan(game).HasMore;

    private void RequestPage(PlayCanvasClient client, string branchId, CancellationToken cancellationToken)
    {
        if (remaining == 0)
            return;

        var known = histories[branchId];
        var page = client.GetCheckpoints(branchId, known.Checkpoints.Count == 0 ? null : known.Checkpoints[known.Checkpoints.Count - 1].Id, cancellationToken);
        remaining--;
        histories[branchId] = known with { Checkpoints = [.. known.Checkpoints, .. page.Records], HasMore = page.NextCursor(checkpoint => checkpoint.Id) is not null };
    }

    private Branch? Find(LocalGame game)
    {
        if (game.Branch is not { } wanted)
            return branches.FirstOrDefault(branch => branch.Permanent == true);

        try
        {
            var id = ProjectSelection.BranchId(wanted, branches);
            return branches.First(branch => branch.Id == id);
        }
        catch (NameException error) when (error.Fault == NameFault.NotFound && HasMoreBranches)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Net;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.RateLimits;

namespace PlayCanvas.Build.Api.Client;

/// <summary>The REST API, with one method for each route.</summary>
internal sealed class PlayCanvasClient(ApiConnection connection, bool isRetried = true)
{
    /// <summary>The number of records in one request when all are wanted; the server's default is 16.</summary>
    private const int PageSize = 100;

    /// <summary>The number of assets in one request. Their records are long, and a project can have thousands.</summary>
    private const int AssetPageSize = 1_000;

    /// <summary>The number of builds in one request: the most that the server returns.</summary>
    private const int MaxBuildPage = 500;

    /// <summary>The number of checkpoints in one request: the most that the server returns.</summary>
    private const int MaxCheckpointPage = 50;

    /// <summary>The maximum number of builds that are searched for one of them.</summary>
    private const int MaxBuilds = 10_000;

    /// <summary>The maximum number of pages. The server returns at most 50 records in each page of a list with a cursor.</summary>
    private const int MaxCursorPages = 1_000;

    private static readonly (string, object?)[] NewestFirst = [("sort", "created_at"), ("order", -1)];

    public ApiConnection Connection => connection;

    /// <summary>The same API, whose requests are not retried: when a job is polled, the next poll follows anyway.</summary>
    public PlayCanvasClient WithoutRetries => new(connection, isRetried: false);

    /// <summary><c>GET projects/:id/apps</c>. Returns all pages unless a limit is given.</summary>
    public IReadOnlyList<App> ListApps(long projectId, Paging paging, CancellationToken cancellationToken) =>
        ListPages<App>($"projects/{projectId}/apps", [], PageSize, paging, IdOf, cancellationToken);

    /// <summary><c>GET projects/:id/app</c>. Returns the primary app, or null when the project has none.</summary>
    public App? GetPrimaryApp(long projectId, CancellationToken cancellationToken) =>
        OrNullWhen(error => error.Status == HttpStatusCode.NotFound, () => connection.Send<App>(Get($"projects/{projectId}/app"), cancellationToken));

    /// <summary><c>GET apps/:id</c>. Returns an app.</summary>
    public App GetApp(long appId, CancellationToken cancellationToken) =>
        connection.Send<App>(Get($"apps/{appId}"), cancellationToken);

    /// <summary><c>POST apps/download</c>. Requests an export.</summary>
    /// <returns>The export's job, which has an id.</returns>
    public Job RequestDownload(AppRequest request, CancellationToken cancellationToken) =>
        RequestJob(PostStrict("apps/download", request), cancellationToken);

    /// <summary>
    /// <c>POST projects/:id/export</c>. Requests an archive of a branch, or of the main branch. After a lost response, the request is sent again: a second
    /// archive does no harm.
    /// </summary>
    /// <returns>The archive's job, which has an id.</returns>
    public Job RequestArchive(long projectId, string? branchId, CancellationToken cancellationToken)
    {
        var body = branchId is null ? [] : new JObject { ["branch_id"] = branchId };
        return RequestJob(PostStrict($"projects/{projectId}/export", body) with { MayBeSentTwice = true }, cancellationToken);
    }

    /// <summary><c>POST apps</c>. Publishes an app.</summary>
    public PublishAnswer PublishApp(AppRequest request, CancellationToken cancellationToken) =>
        connection.Send<PublishAnswer>(PostStrict("apps", request), cancellationToken);

    /// <summary><c>PUT projects/:id</c>. Makes an app the project's primary app.</summary>
    public void SetPrimaryApp(long projectId, long appId, CancellationToken cancellationToken) =>
        connection.Send(
            new ApiRequest(HttpMethod.Put, $"projects/{projectId}") { Body = new JObject { ["primary_app"] = appId } },
            cancellationToken);

    /// <summary><c>DELETE apps/:id</c>. Deletes an app. A build record of the app stays.</summary>
    public void DeleteApp(long appId, CancellationToken cancellationToken) =>
        connection.Send(new ApiRequest(HttpMethod.Delete, $"apps/{appId}"), cancellationToken);

    /// <summary><c>DELETE projects/:id/builds/:buildId</c>. Deletes a build record, and the app that the build published.</summary>
    public void DeleteBuild(long projectId, string buildId, CancellationToken cancellationToken) =>
        connection.Send(new ApiRequest(HttpMethod.Delete, $"projects/{projectId}/builds/{Uri.EscapeDataString(buildId)}"), cancellationToken);

    /// <summary><c>GET projects/:id/builds</c>. Returns all pages unless a limit is given.</summary>
    public IReadOnlyList<BuildRecord> ListBuilds(long projectId, BuildFilter filter, Paging paging, CancellationToken cancellationToken) =>
        ListPages<BuildRecord>(
            $"projects/{projectId}/builds",
            [("type", filter.Type), ("status", filter.Status), ("format", filter.Format), ("branch", filter.Branch), ("actor", filter.Actor)],
            MaxBuildPage,
            paging,
            build => build.Id,
            cancellationToken);

    /// <summary><c>GET projects/:id/builds</c>. Returns all builds that published an app; null when the token may not list them.</summary>
    public IReadOnlyList<BuildRecord>? ListPublishes(long projectId, CancellationToken cancellationToken) => OrNullWhenRefused(
        () => ListBuilds(projectId, new BuildFilter { Type = BuildType.Publish }, new Paging(), cancellationToken));

    /// <summary>
    /// <c>GET projects/:id/builds</c>. Returns at least the newest builds of one type (<see cref="BuildType"/>); null when the token may not list
    /// them.
    /// </summary>
    public IReadOnlyList<BuildRecord>? ListNewestBuilds(long projectId, string type, CancellationToken cancellationToken) => OrNullWhenRefused(
        () => ListNewest<BuildRecord>($"projects/{projectId}/builds", [("type", type)], build => build.Id, build => build.NumericId ?? 0, cancellationToken));

    /// <summary>
    /// <c>GET projects/:id/builds</c>. Returns one page of the builds of one type (<see cref="BuildType"/>); null when the token may not list them.
    /// </summary>
    public Page<BuildRecord>? GetBuilds(long projectId, string type, CancellationToken cancellationToken) => OrNullWhenRefused(
        () => connection.Send<Page<BuildRecord>>(Get($"projects/{projectId}/builds", ("type", type), ("limit", MaxBuildPage)), cancellationToken));

    /// <summary>
    /// <c>GET projects/:id/builds</c>. Returns one build of a type (<see cref="BuildType"/>); null when the list does not contain it. There is no
    /// route for one build.
    /// </summary>
    /// <exception cref="ApiException">The list could not be read, or the token may not read it.</exception>
    public BuildRecord? FindBuild(long projectId, string type, string buildId, CancellationToken cancellationToken)
    {
        var path = $"projects/{projectId}/builds";
        for (var skip = 0; ;)
        {
            var page = connection.Send<Page<BuildRecord>>(Get(path, ("type", type), ("limit", MaxBuildPage), ("skip", skip == 0 ? null : skip)), cancellationToken);
            if (page.Records.FirstOrDefault(build => build.Id == buildId) is { } found)
                return found;
            skip += page.Records.Count;
            if (page.Records.Count == 0 || skip >= (page.Pagination?.Total ?? 0) || skip >= MaxBuilds)
                return null;
        }
    }

    /// <summary><c>GET projects/:id/apps</c>. Returns at least the newest apps.</summary>
    public IReadOnlyList<App> ListNewestApps(long projectId, CancellationToken cancellationToken) =>
        ListNewest<App>($"projects/{projectId}/apps", NewestFirst, IdOf, app => app.Id, cancellationToken);

    /// <summary><c>GET projects/:id/apps</c>. Returns one page, which contains the newest apps.</summary>
    public Page<App> GetNewestApps(long projectId, CancellationToken cancellationToken) =>
        connection.Send<Page<App>>(Get($"projects/{projectId}/apps", [.. NewestFirst, ("limit", PageSize)]), cancellationToken);

    /// <summary><c>GET jobs/:id</c>. The content type is sent because the route was observed to fail without it.</summary>
    public Job GetJob(string jobId, CancellationToken cancellationToken) =>
        connection.Send<Job>(Get($"jobs/{Uri.EscapeDataString(jobId)}") with { SaysJson = true }, cancellationToken);

    /// <summary>
    /// <c>GET projects/:id/scenes</c>. Returns the scenes of a branch, or of the main branch. A scene without an id cannot be requested, so it is
    /// skipped.
    /// </summary>
    public IReadOnlyList<Scene> ListScenes(long projectId, string? branchId, CancellationToken cancellationToken) =>
        [.. connection.Send<Page<Scene>>(Get($"projects/{projectId}/scenes", ("branchId", branchId)), cancellationToken).Records.Where(scene => scene.Id > 0)];

    /// <summary><c>GET projects/:id/assets</c>. Returns all pages unless a limit is given: the assets of a branch, or of the main branch.</summary>
    public IReadOnlyList<Asset> ListAssets(long projectId, string? branchId, Paging paging, CancellationToken cancellationToken) =>
        ListPages<Asset>($"projects/{projectId}/assets", [("branchId", branchId)], AssetPageSize, paging, asset => asset.Id, cancellationToken);

    /// <summary><c>GET projects/:id/branches</c>. Returns all pages.</summary>
    public IReadOnlyList<Branch> ListBranches(long projectId, CancellationToken cancellationToken) =>
        [.. ListByCursor(last => GetBranches(projectId, last, cancellationToken), branch => branch.Id)];

    /// <summary><c>GET projects/:id/branches</c>. Returns all pages, and does not accept a list whose end cannot be reached.</summary>
    /// <exception cref="ApiFormatException">The server says that there are more branches, but does not return them.</exception>
    public IReadOnlyList<Branch> ListEveryBranch(long projectId, CancellationToken cancellationToken) => [.. ListByCursor(
        last => GetBranches(projectId, last, cancellationToken),
        branch => branch.Id,
        () => throw new ApiFormatException($"GET projects/{projectId}/branches", "a list that names more branches than can be requested", ""))];

    /// <summary><c>GET projects/:id/branches</c>. Returns one page.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="last">The id of the last branch of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Page<Branch> GetBranches(long projectId, string? last, CancellationToken cancellationToken) =>
        connection.Send<Page<Branch>>(Get($"projects/{projectId}/branches", ("skip", last)), cancellationToken);

    /// <summary>
    /// <c>GET branches/:id/checkpoints</c>. Returns the checkpoints of a branch, the newest first. A page is requested when its first checkpoint is
    /// enumerated, so the first ones cost one request.
    /// </summary>
    public IEnumerable<Checkpoint> ListCheckpoints(string branchId, CancellationToken cancellationToken) =>
        ListByCursor(last => GetCheckpoints(branchId, last, cancellationToken), checkpoint => checkpoint.Id);

    /// <summary><c>GET branches/:id/checkpoints</c>. Returns one page; the newest checkpoints are in the first one.</summary>
    /// <param name="branchId">The branch.</param>
    /// <param name="last">The id of the last checkpoint of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Page<Checkpoint> GetCheckpoints(string branchId, string? last, CancellationToken cancellationToken) =>
        connection.Send<Page<Checkpoint>>(
            Get($"branches/{Uri.EscapeDataString(branchId)}/checkpoints", ("limit", MaxCheckpointPage), ("skip", last)), cancellationToken);

    /// <summary><c>GET branches/:id/checkpoints</c>. Returns the newest checkpoint of a branch; null when it has none.</summary>
    public Checkpoint? GetNewestCheckpoint(string branchId, CancellationToken cancellationToken) =>
        GetCheckpoints(branchId, last: null, cancellationToken).Records is { Count: > 0 } newest ? newest[0] : null;

    /// <summary><c>GET branches/:id/checkpoints</c>. Returns the checkpoints that are newer than one of them, the newest first.</summary>
    /// <param name="branchId">The branch.</param>
    /// <param name="knownId">The checkpoint at which the list ends; it is not returned.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The newer checkpoints; null when the branch does not have the known one.</returns>
    public IReadOnlyList<Checkpoint>? ListCheckpointsSince(string branchId, string knownId, CancellationToken cancellationToken)
    {
        var newer = new List<Checkpoint>();
        foreach (var checkpoint in ListCheckpoints(branchId, cancellationToken))
        {
            if (checkpoint.Id == knownId)
                return newer;
            newer.Add(checkpoint);
        }

        return null;
    }

    /// <summary><c>GET checkpoints/:id</c>. Returns a checkpoint; null when there is none with this id.</summary>
    public Checkpoint? FindCheckpoint(string checkpointId, CancellationToken cancellationToken) => OrNullWhen(
        error => error.Status == HttpStatusCode.NotFound,
        () => connection.Send<Checkpoint>(Get($"checkpoints/{Uri.EscapeDataString(checkpointId)}"), cancellationToken));

    /// <summary><c>POST checkpoints</c>. Requests a checkpoint of a branch.</summary>
    public CheckpointAnswer CreateCheckpoint(CheckpointRequest request, CancellationToken cancellationToken) =>
        connection.Send<CheckpointAnswer>(new ApiRequest(HttpMethod.Post, "checkpoints") { Body = request }, cancellationToken);

    /// <summary>
    /// Returns the id of the project's main branch, which is the one that cannot be deleted; null when no branch is marked as such.
    /// </summary>
    public string? GetMainBranchId(long projectId, CancellationToken cancellationToken) =>
        ListBranches(projectId, cancellationToken).FirstOrDefault(branch => branch.Permanent == true)?.Id;

    /// <summary>Whether the token may not use a route, or the route does not exist.</summary>
    private static bool IsRefusal(ApiResponseException error) =>
        error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized;

    private static string? IdOf(App app) => app.Id > 0 ? app.Id.ToString(CultureInfo.InvariantCulture) : null;

    private ApiRequest Get(string path, params (string Name, object? Value)[] query) =>
        new(HttpMethod.Get, path) { Query = query, IsRetried = isRetried };

    private static T? OrNullWhenRefused<T>(Func<T> request)
        where T : class => OrNullWhen(IsRefusal, request);

    private static T? OrNullWhen<T>(Func<ApiResponseException, bool> condition, Func<T> request)
        where T : class
    {
        try
        {
            return request();
        }
        catch (ApiResponseException error) when (condition(error))
        {
            return null;
        }
    }

    private Job RequestJob(ApiRequest request, CancellationToken cancellationToken)
    {
        var job = connection.Send<Job>(request, cancellationToken);
        return job.Id is not null ? job : throw new ApiFormatException($"{request.Method} {request.Path}", "JSON that does not name a job", "");
    }

    private static ApiRequest PostStrict(string path, object body) =>
        new(HttpMethod.Post, path) { Body = body, RateLimitClass = RateLimitClass.Strict };

    /// <summary>
    /// Requests one page, which contains the newest records if the server lists them first. If the server lists them last and there are more,
    /// requests all pages.
    /// </summary>
    private IReadOnlyList<T> ListNewest<T>(
        string path, IReadOnlyList<(string, object?)> query, Func<T, string?> idOf, Func<T, long> ageOf, CancellationToken cancellationToken)
    {
        var page = connection.Send<Page<T>>(Get(path, [.. query, ("limit", PageSize)]), cancellationToken);
        var records = page.Records;
        return records.Count == 0 || page.Pagination?.Total <= records.Count || ageOf(records[0]) >= ageOf(records[records.Count - 1])
            ? records
            : ListPages(path, query, PageSize, new Paging(), idOf, cancellationToken);
    }

    /// <summary>
    /// Requests page by page until the limit or the end of the list is reached. A list that changes in the meantime does not yield a record twice, and
    /// a record without an id cannot be told apart from others, so it is skipped.
    /// </summary>
    private IReadOnlyList<T> ListPages<T>(
        string path, IReadOnlyList<(string, object?)> query, int pageSize, Paging paging, Func<T, string?> idOf, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, T>();
        var skip = paging.Skip ?? 0;
        while (true)
        {
            var wanted = Math.Min(pageSize, (paging.Limit ?? int.MaxValue) - records.Count);
            var page = connection.Send<Page<T>>(
                Get(path, [.. query, ("limit", wanted), ("skip", skip == 0 ? null : skip), ("sort", paging.Sort), ("order", paging.Order)]),
                cancellationToken);
            var known = records.Count;
            foreach (var record in page.Records)
            {
                if (idOf(record) is { } id)
                    records[id] = record;
            }

            skip += page.Result?.Count ?? 0;
            // Without a total, only a page without new records is certainly past the end: a server may return fewer records than requested.
            if (skip >= page.Pagination?.Total || records.Count == known || records.Count >= paging.Limit)
                return [.. records.Values.Take(paging.Limit ?? int.MaxValue)];
        }
    }

    /// <summary>
    /// Requests page by page, each with the id of the last record of the one before, as far as the records are enumerated. A page without a new record
    /// leads nowhere, so it is the last one.
    /// </summary>
    /// <param name="request">Requests the page after a record, or the first page.</param>
    /// <param name="idOf">Returns the id of a record.</param>
    /// <param name="onIncomplete">Called when the server says that there are more records, and does not return them. Default: nothing.</param>
    private static IEnumerable<T> ListByCursor<T>(Func<string?, Page<T>> request, Func<T, string?> idOf, Action? onIncomplete = null)
    {
        var known = new HashSet<string>();
        string? last = null;
        for (var number = 0; number < MaxCursorPages; number++)
        {
            var page = request(last);
            var before = known.Count;
            foreach (var record in page.Records.Where(record => idOf(record) is { } id && known.Add(id)))
                yield return record;

            if (page.Pagination?.HasMore != true)
                yield break;
            last = page.NextCursor(idOf);
            if (last is null || known.Count == before)
                break;
        }

        onIncomplete?.Invoke();
    }
}

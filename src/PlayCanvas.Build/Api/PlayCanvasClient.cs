using System.Net;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.RateLimits;

namespace PlayCanvas.Build.Api;

/// <summary>The REST API: one method a route.</summary>
internal sealed class PlayCanvasClient(ApiConnection connection, bool isPolling = false)
{
    /// <summary>Records asked for at once when all are wanted; the server's own default is 16.</summary>
    private const int PageSize = 100;

    /// <summary>The server lists at most 50 records with a cursor.</summary>
    private const int MaxCursorPages = 1_000;

    public ApiConnection Connection => connection;

    /// <summary>The same API for requests that are repeated until something has happened: none of them is retried, since the next one follows anyway.</summary>
    public PlayCanvasClient Polling => new(connection, isPolling: true);

    /// <summary><c>GET projects/:id/apps</c>, all pages unless a limit is given.</summary>
    public IReadOnlyList<App> ListApps(long projectId, Paging paging, CancellationToken cancellationToken) =>
        ListPages<App>($"projects/{projectId}/apps", [], paging, app => app.Id, cancellationToken);

    /// <summary><c>GET projects/:id/app</c>: the primary app, or null when the project has none.</summary>
    public App? GetPrimaryApp(long projectId, CancellationToken cancellationToken)
    {
        try
        {
            return connection.Send<App>(Get($"projects/{projectId}/app"), cancellationToken);
        }
        catch (ApiResponseException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary><c>GET apps/:id</c>.</summary>
    public App GetApp(long appId, CancellationToken cancellationToken) =>
        connection.Send<App>(Get($"apps/{appId}"), cancellationToken);

    /// <summary><c>POST apps/download</c>: asks for an export.</summary>
    /// <returns>The id of the job that makes it.</returns>
    public string RequestDownload(AppRequest request, CancellationToken cancellationToken)
    {
        const string Path = "apps/download";
        return connection.Send<Job>(PostStrict(Path, request), cancellationToken).Id
            ?? throw new ApiFormatException($"POST {Path}", "JSON that does not name a job", "");
    }

    /// <summary><c>POST apps</c>: publishes.</summary>
    public PublishAnswer PublishApp(AppRequest request, CancellationToken cancellationToken) =>
        connection.Send<PublishAnswer>(PostStrict("apps", request), cancellationToken);

    /// <summary><c>PUT projects/:id</c>: makes an app the project's primary one.</summary>
    public void SetPrimaryApp(long projectId, long appId, CancellationToken cancellationToken) =>
        connection.Send(
            new ApiRequest(HttpMethod.Put, $"projects/{projectId}") { Body = new JObject { ["primary_app"] = appId } },
            cancellationToken);

    /// <summary><c>GET projects/:id/builds</c>: at least the newest builds of one type (<see cref="BuildType"/>); null where the token may not list them.</summary>
    public IReadOnlyList<BuildRecord>? ListNewestBuilds(long projectId, string type, CancellationToken cancellationToken)
    {
        try
        {
            return ListNewest<BuildRecord>($"projects/{projectId}/builds", [("type", type)], build => build.NumericId ?? 0, cancellationToken);
        }
        catch (ApiResponseException error) when (IsRefusal(error))
        {
            return null;
        }
    }

    /// <summary><c>GET projects/:id/apps</c>: at least the newest apps.</summary>
    public IReadOnlyList<App> ListNewestApps(long projectId, CancellationToken cancellationToken) =>
        ListNewest<App>($"projects/{projectId}/apps", [("sort", "created_at"), ("order", -1)], app => app.Id, cancellationToken);

    /// <summary><c>GET jobs/:id</c>, which was seen to fail without a content type.</summary>
    public Job GetJob(string jobId, CancellationToken cancellationToken) =>
        connection.Send<Job>(Get($"jobs/{Uri.EscapeDataString(jobId)}") with { SaysJson = true }, cancellationToken);

    /// <summary><c>GET projects/:id/scenes</c>, of a branch or of the main one. A scene without an id cannot be asked for, and is none.</summary>
    public IReadOnlyList<Scene> ListScenes(long projectId, string? branchId, CancellationToken cancellationToken) =>
        [.. connection.Send<Page<Scene>>(Get($"projects/{projectId}/scenes", ("branchId", branchId)), cancellationToken).Records.Where(scene => scene.Id > 0)];

    /// <summary><c>GET projects/:id/branches</c>, all pages.</summary>
    public IReadOnlyList<Branch> ListBranches(long projectId, CancellationToken cancellationToken)
    {
        var branches = new List<Branch>();
        string? last = null;
        for (var page = 0; page < MaxCursorPages; page++)
        {
            var answer = connection.Send<Page<Branch>>(Get($"projects/{projectId}/branches", ("skip", last)), cancellationToken);
            var received = answer.Records;
            branches.AddRange(received);

            var next = received.Count == 0 ? null : received[received.Count - 1].Id;
            if (answer.Pagination?.HasMore != true || next is null || next == last)
                break;
            last = next;
        }

        return branches;
    }

    /// <summary>The id of the project's main branch, which is the one that cannot be deleted; null when no branch says so.</summary>
    public string? GetMainBranchId(long projectId, CancellationToken cancellationToken) =>
        ListBranches(projectId, cancellationToken).FirstOrDefault(branch => branch.Permanent == true)?.Id;

    /// <summary>Whether the token may not use a route, or the route does not exist.</summary>
    private static bool IsRefusal(ApiResponseException error) =>
        error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized;

    /// <summary><c>GET ratelimits</c>: the account's limits, whose classes the server may extend.</summary>
    public JObject GetRateLimits(CancellationToken cancellationToken) =>
        connection.Send<JObject>(Get("ratelimits"), cancellationToken);

    private ApiRequest Get(string path, params (string Name, object? Value)[] query) =>
        new(HttpMethod.Get, path) { Query = query, IsRetried = !isPolling };

    private static ApiRequest PostStrict(string path, object body) =>
        new(HttpMethod.Post, path) { Body = body, RateLimitClass = RateLimitClass.Strict };

    /// <summary>
    /// Asks for one page, which holds the newest records when the server lists them first; where it lists them last, and there are more, all pages.
    /// </summary>
    private IReadOnlyList<T> ListNewest<T>(string path, IReadOnlyList<(string, object?)> query, Func<T, long> idOf, CancellationToken cancellationToken)
    {
        var page = connection.Send<Page<T>>(Get(path, [.. query, ("limit", PageSize)]), cancellationToken);
        var records = page.Records;
        return records.Count == 0 || page.Pagination?.Total <= records.Count || idOf(records[0]) >= idOf(records[records.Count - 1])
            ? records
            : ListPages(path, query, new Paging(), idOf, cancellationToken);
    }

    /// <summary>Asks page by page until the limit or the end is reached; a list that changes meanwhile gives no record twice.</summary>
    private IReadOnlyList<T> ListPages<T>(
        string path, IReadOnlyList<(string, object?)> query, Paging paging, Func<T, long> idOf, CancellationToken cancellationToken)
    {
        var records = new Dictionary<long, T>();
        var skip = paging.Skip ?? 0;
        while (true)
        {
            var wanted = Math.Min(PageSize, (paging.Limit ?? int.MaxValue) - records.Count);
            var page = connection.Send<Page<T>>(
                Get(path, [.. query, ("limit", wanted), ("skip", skip == 0 ? null : skip), ("sort", paging.Sort), ("order", paging.Order)]),
                cancellationToken);
            var known = records.Count;
            foreach (var record in page.Records)
                records[idOf(record)] = record;

            skip += page.Result?.Count ?? 0;
            // Without a total only a page with nothing new is surely past the end: a server may give less at once than is asked for.
            if (skip >= page.Pagination?.Total || records.Count == known || records.Count >= paging.Limit)
                return [.. records.Values.Take(paging.Limit ?? int.MaxValue)];
        }
    }
}

using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>Searches for the results of publishes and exports: among the project's apps and builds.</summary>
internal sealed class AppTraces(PlayCanvasClient client) : ITraces<AppIntent>
{
    private string? mainBranchId;

    /// <summary>Prepares a request: records what exists before it is sent.</summary>
    /// <param name="type">What is built: <see cref="BuildType"/>.</param>
    /// <param name="request">What is requested.</param>
    /// <param name="mark">The line that marks the result; null for none.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The request. It is already accepted when a result carries its mark: an earlier attempt of the same CI run has sent it.</returns>
    /// <exception cref="ApiException">The project's apps could not be listed.</exception>
    public AppIntent Begin(string type, AppRequest request, string? mark, CancellationToken cancellationToken)
    {
        var before = ProjectRecords.Load(client, request.ProjectId, type, needsBuilds: false, cancellationToken);
        var intent = new AppIntent { Type = type, Request = request, Mark = mark };
        var marked = before.TracesOf(intent, () => null)
            .Where(trace => trace is { Likeness: Likeness.Marked, HasFailed: false })
            .OrderByDescending(trace => trace.AppId ?? trace.Build?.NumericId)
            .FirstOrDefault();
        intent = intent with
        {
            AskedAt = client.Connection.ServerTime,
            HighestBuildId = before.HighestBuildId,
            HighestAppId = type == BuildType.Publish ? before.HighestAppId : null,
        };
        return marked?.Accept(intent) ?? intent with { EarlierAppId = EarlierAppId(before, intent, cancellationToken) };
    }

    /// <summary>Returns everything that the request may have created. An export whose job is not known cannot be continued, so it is not returned.</summary>
    public IReadOnlyList<Trace<AppIntent>> Of(AppIntent intent, CancellationToken cancellationToken) =>
    [
        .. ProjectRecords
            .Load(client, intent.Request.ProjectId, intent.Type, needsBuilds: true, cancellationToken)
            .TracesOf(intent, () => BranchIdOf(intent.Request, cancellationToken))
            .Where(trace => intent.Type == BuildType.Publish || trace.Build?.JobId is not null)
            .Select(trace => new Trace<AppIntent>(trace.Likeness, trace.Name, trace.Accept)
            {
                Place = trace.Build?.NumericId ?? trace.AppId,
                HasFailed = trace.HasFailed,
            }),
    ];

    private string? BranchIdOf(AppRequest request, CancellationToken cancellationToken) =>
        request.BranchId ?? (mainBranchId ??= client.GetMainBranchId(request.ProjectId, cancellationToken));

    /// <summary>Returns the app that the request would give a second one with the same version. The answer is only reported to the user.</summary>
    private long? EarlierAppId(ProjectRecords before, AppIntent intent, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(intent.Request.Version))
            return null;

        try
        {
            return before.FindPublished(intent.Request, () => BranchIdOf(intent.Request, cancellationToken))?.Id;
        }
        catch (ApiException)
        {
            return null;
        }
    }
}

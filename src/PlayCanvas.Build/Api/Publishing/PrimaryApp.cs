using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Changes the primary app of a project: the app that the link of the project plays.</summary>
internal static class PrimaryApp
{
    /// <summary>
    /// Makes an app the project's primary one. If the response is lost, asks which app is the primary one now; the request is idempotent, so it may
    /// have been sent several times.
    /// </summary>
    /// <exception cref="ApiException">The request failed, and the app is not known to be the primary one.</exception>
    public static void Set(PlayCanvasClient client, long projectId, long appId, CancellationToken cancellationToken)
    {
        try
        {
            client.SetPrimaryApp(projectId, appId, cancellationToken);
        }
        catch (ApiException lost) when (lost.OutcomeUnknown)
        {
            if (TryGet(client, projectId, cancellationToken)?.Id != appId)
                throw;
        }
    }

    /// <summary>Returns the primary app; null when there is none, or it cannot be had. For an error that is reported anyway.</summary>
    private static App? TryGet(PlayCanvasClient client, long projectId, CancellationToken cancellationToken)
    {
        try
        {
            return client.GetPrimaryApp(projectId, cancellationToken);
        }
        catch (ApiException)
        {
            return null;
        }
    }
}

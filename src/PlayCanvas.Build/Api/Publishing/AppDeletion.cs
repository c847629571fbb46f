using System.Net;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>
/// Deletes apps of a project. A response may be lost, and the routes are not documented for tokens, so the class asks for the app afterwards: an app
/// that is gone was deleted, whatever the service has answered.
/// </summary>
/// <param name="client">The API.</param>
/// <param name="projectId">The project.</param>
/// <param name="cancellationToken">Cancels the requests.</param>
internal sealed class AppDeletion(PlayCanvasClient client, long projectId, CancellationToken cancellationToken)
{
    /// <summary>
    /// Deletes an app, unless it is the primary one at this moment. As the Editor does, deletes the build that published it, which includes the app; an
    /// app that is there afterwards, or whose build is not known, is deleted itself.
    /// </summary>
    /// <param name="app">The app.</param>
    /// <param name="build">The build that published it; null when it is not known.</param>
    /// <returns>False when the app is the primary one, so that it was not deleted.</returns>
    /// <exception cref="ApiException">The app could not be deleted, or it is not known which app is the primary one.</exception>
    public bool Delete(App app, BuildRecord? build)
    {
        if (client.GetPrimaryApp(projectId, cancellationToken)?.Id == app.Id)
            return false;

        if (build?.Id is { } buildId)
        {
            var failure = Attempt(() => client.DeleteBuild(projectId, buildId, cancellationToken));
            if (IsGone(app))
                return true;
            if (failure is { IsPassing: true })
                throw failure;
        }

        return Attempt(() => client.DeleteApp(app.Id, cancellationToken)) is not { } error || IsGone(app) ? true : throw error;
    }

    private static ApiException? Attempt(Action delete)
    {
        try
        {
            delete();
            return null;
        }
        catch (ApiException error)
        {
            return error;
        }
    }

    /// <summary>Whether the service no longer has the app. If it cannot be asked, the app counts as there.</summary>
    private bool IsGone(App app)
    {
        try
        {
            client.GetApp(app.Id, cancellationToken);
            return false;
        }
        catch (ApiException error)
        {
            return error is ApiResponseException { Status: HttpStatusCode.NotFound };
        }
    }
}

using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Publishes a new version of a project's app, once, and waits until it can be played.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasPublishApp : PlayCanvasAppTask
{
    /// <summary>The app's version, up to 20 characters. Default: a form of <see cref="ProjectVersion"/> that is no longer than that.</summary>
    public string? AppVersion { get; set; }

    /// <summary>The project's version, of any length.</summary>
    public string? ProjectVersion { get; set; }

    /// <summary>The app's description, up to 10,000 characters.</summary>
    public string? AppDescription { get; set; }

    /// <summary>What is new, up to 10,000 characters.</summary>
    public string? ReleaseNotes { get; set; }

    /// <summary><c>true</c>: a complete app of the same name, version and branch is taken as the result instead of publishing again.</summary>
    public string? SkipPublishedVersion { get; set; }

    /// <summary><c>true</c>: makes the app the project's primary one.</summary>
    public string? SetPrimaryApp { get; set; }

    /// <summary>Folder for what must be known to the next build if this one is killed; relative to the project's folder.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>The app: its id, with each field of the record as metadata, and <c>IsPrimary</c>.</summary>
    [Output]
    public ITaskItem? App { get; private set; }

    private protected override void RunChecked(CancellationToken cancellationToken)
    {
        var draft = MakeDraft();
        if (Log.HasLoggedErrors)
            return; // A warning that the project raises to an error must not be followed by a publish.

        var skipsPublished = Settings.Switch("PlayCanvasSkipPublishedVersion", SkipPublishedVersion) == true;
        var setsPrimary = Settings.Switch("PlayCanvasSetPrimaryApp", SetPrimaryApp) == true;
        using var connection = Connect();
        var client = new PlayCanvasClient(connection);
        var request = WithBranch(draft, client, cancellationToken);

        using var intents = PublishIntentFile.Open(
            FullPathOf(StateDirectory), request, () => Say($"PlayCanvas: waiting for another build that publishes {Title(request)}"), cancellationToken);
        var publisher = new AppPublisher(client, intents, MakeWaiter($"publishing {Title(request)}"), Clock, new PublishReporter(this));
        var app = (skipsPublished ? TakePublished(publisher, request, cancellationToken) : null)
            ?? Publish(publisher, WithScenes(request, client, cancellationToken), cancellationToken);
        if (setsPrimary)
            MakePrimary(client, request.ProjectId, app, cancellationToken);
        intents.Delete();

        SayResult(app.Url ?? $"app {app.Id}");
        App = AppItem.Create(app, setsPrimary, Redact);
    }

    private protected override AppRequest MakeDraft()
    {
        var draft = base.MakeDraft() with
        {
            Version = Settings.Text(AppVersion)?.Trim() ?? DefaultVersion(),
            Description = Settings.Text(AppDescription),
            ReleaseNotes = Settings.Text(ReleaseNotes),
        };
        if (draft.Version?.Length > AppRequest.LongestVersion)
            throw new DiagnosticException(Diagnostic.AppVersionTooLong(draft.Version.Length, AppRequest.LongestVersion));
        if (draft.Description?.Length > AppRequest.LongestText)
            throw new DiagnosticException(Diagnostic.AppDescriptionTooLong(draft.Description.Length, AppRequest.LongestText));
        if (draft.ReleaseNotes?.Length > AppRequest.LongestText)
            throw new DiagnosticException(Diagnostic.ReleaseNotesTooLong(draft.ReleaseNotes.Length, AppRequest.LongestText));
        return draft;
    }

    /// <summary>The project's version. Warns when only a digest tells it from other versions.</summary>
    private string? DefaultVersion()
    {
        if (Settings.Text(ProjectVersion)?.Trim() is not { } version)
            return null;

        var form = ShortVersion.Of(version);
        if (form.HasDigest)
            LogWarning(Diagnostic.ProjectVersionTooLong(version, AppRequest.LongestVersion, form.Text));
        return form.Text;
    }

    private static string Title(AppRequest request) => $"\"{request.Name}\" {request.Version}".TrimEnd();

    private App? TakePublished(AppPublisher publisher, AppRequest request, CancellationToken cancellationToken)
    {
        var app = publisher.FindPublished(request, cancellationToken);
        if (app is not null)
            Say($"PlayCanvas: {Title(request)} is published already (app {app.Id}), and PlayCanvasSkipPublishedVersion is true");
        return app;
    }

    private App Publish(AppPublisher publisher, AppRequest request, CancellationToken cancellationToken)
    {
        Say($"PlayCanvas: publishing {Title(request)} of project {request.ProjectId}");
        var start = Clock.UtcNow;
        var app = publisher.Publish(request, cancellationToken);
        Say($"PlayCanvas: published {Title(request)} as app {app.Id} in {(Clock.UtcNow - start).TotalSeconds:0.0} s");
        return app;
    }

    private static void MakePrimary(PlayCanvasClient client, long projectId, App app, CancellationToken cancellationToken)
    {
        try
        {
            client.SetPrimaryApp(projectId, app.Id, cancellationToken);
        }
        catch (ApiException error)
        {
            throw new DiagnosticException(Diagnostic.PrimaryAppNotSet($"app {app.Id}", DiagnosticTranslator.Translate(error)!.Text));
        }
    }

    /// <summary>Turns what the publisher tells into lines of the log.</summary>
    private sealed class PublishReporter(PlayCanvasPublishApp task) : IPublishObserver
    {
        public void TakingUp(PublishIntent intent) =>
            task.Say($"PlayCanvas: taking up what an earlier build asked for at {intent.AskedAt:u}{(intent.AppId is { } app ? $" (app {app})" : "")}");

        public void LookingForLostRequest(string request) =>
            task.Say($"PlayCanvas: the answer to {request} was lost; looking for half a minute whether it did what it asked for");
    }
}

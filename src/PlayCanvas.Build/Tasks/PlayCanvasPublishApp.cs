using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Publishes a new version of a project's app exactly once, and waits until the app can be played.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasPublishApp : PlayCanvasAppTask
{
    /// <summary>
    /// The version of the app, at most 20 characters; a longer one is the error PLAYCANVAS1015. Default: <see cref="ProjectVersion"/>, shortened to
    /// 20 characters if necessary.
    /// </summary>
    public string? AppVersion { get; set; }

    /// <summary>
    /// The version of the project, of any length. If it can only be shortened with a digest, the task warns with PLAYCANVAS1026. Default: none.
    /// </summary>
    public string? ProjectVersion { get; set; }

    /// <summary>The description of the app, at most 10,000 characters; a longer one is the error PLAYCANVAS1016. Default: none.</summary>
    public string? AppDescription { get; set; }

    /// <summary>
    /// The release notes of the app, at most 10,000 characters including the line of <see cref="PublishId"/>; longer ones are the error
    /// PLAYCANVAS1017. Default: none.
    /// </summary>
    public string? ReleaseNotes { get; set; }

    /// <summary>
    /// <c>true</c> accepts an existing complete app with the same name, version and branch as the result instead of publishing again. Default:
    /// <c>false</c>.
    /// </summary>
    public string? SkipPublishedVersion { get; set; }

    /// <summary><c>true</c> makes the app the project's primary app. Default: <c>false</c>.</summary>
    public string? SetPrimaryApp { get; set; }

    /// <summary>
    /// The id that marks the publish, so that its result is recognized when the response to the request is lost: 1 to 100 letters, digits or
    /// characters of <c>. _ : / -</c>; any other value is the error PLAYCANVAS1030. The mark is the last line of the release notes. <c>false</c>
    /// omits the mark. Default: the id of the CI run, or a random id outside CI.
    /// </summary>
    public string? PublishId { get; set; }

    /// <summary>
    /// The id of an app that is accepted as the result of a publish whose outcome is unknown. An id that is not of an app with the same name and
    /// version is the error PLAYCANVAS1031. Default: none.
    /// </summary>
    public string? AcceptApp { get; set; }

    /// <summary><c>true</c> publishes even if an earlier publish of the same version may have succeeded. Default: <c>false</c>.</summary>
    public string? PublishAgain { get; set; }

    /// <summary>
    /// The folder for the state that the next build needs if this one is killed; used when the user's local application data cannot be written.
    /// Relative to the project's folder or absolute.
    /// </summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>The state folder in the user's local application data; replaced by tests.</summary>
    internal string? UserDirectory { get; set; } = PublishIntentFile.UserDirectory;

    /// <summary>
    /// The published app. The identity of the item is the app's id; each field of the record, and <c>IsPrimary</c>, is metadata. Null when the task
    /// failed.
    /// </summary>
    [Output]
    public ITaskItem? App { get; private set; }

    private protected override void RunChecked(CancellationToken cancellationToken)
    {
        var draft = MakeDraft();
        if (Log.HasLoggedErrors)
            return; // A warning that the project turns into an error must prevent the publish.

        var publishId = PublishIdSetting.Read(PublishId, GetEnvironmentVariable);
        var skipsPublished = Settings.Switch("PlayCanvasSkipPublishedVersion", SkipPublishedVersion) == true;
        var setsPrimary = Settings.Switch("PlayCanvasSetPrimaryApp", SetPrimaryApp) == true;
        var again = Settings.Switch("PlayCanvasPublishAgain", PublishAgain) == true;
        using var connection = Connect();
        var client = new PlayCanvasClient(connection);
        var request = WithBranch(draft, client, cancellationToken);

        using var intents = PublishIntentFile.Open(
            StateDirectories, BaseAddress, request, MakeLock($"another build that is publishing {Title(request)}"), cancellationToken);
        var publisher = new AppPublisher(client, intents, MakeWaiter($"publishing {Title(request)}"), Clock, new PublishReporter(this));
        var app = TakeAccepted(publisher, request, cancellationToken)
            ?? (skipsPublished ? TakePublished(publisher, request, cancellationToken) : null)
            ?? Publish(publisher, WithScenes(request, client, cancellationToken), publishId, again, cancellationToken);
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
        if (draft.Version?.Length > AppRequest.MaxVersionLength)
            throw new DiagnosticException(Diagnostic.AppVersionTooLong(draft.Version.Length, AppRequest.MaxVersionLength));
        if (draft.Description?.Length > AppRequest.MaxTextLength)
            throw new DiagnosticException(Diagnostic.AppDescriptionTooLong(draft.Description.Length, AppRequest.MaxTextLength));
        CheckReleaseNotes(draft.ReleaseNotes, AppRequest.MaxTextLength);
        return draft;
    }

    private static void CheckReleaseNotes(string? releaseNotes, int longest)
    {
        if (releaseNotes?.Length > longest)
            throw new DiagnosticException(Diagnostic.ReleaseNotesTooLong(releaseNotes.Length, longest));
    }

    private IReadOnlyList<string> StateDirectories => [.. new[] { UserDirectory, FullPathOf(StateDirectory) }.OfType<string>()];

    /// <summary>
    /// Returns the project's version in a form that the service accepts. Warns when only a digest distinguishes it from other versions.
    /// </summary>
    private string? DefaultVersion()
    {
        if (Settings.Text(ProjectVersion)?.Trim() is not { } version)
            return null;

        var form = ShortVersion.Of(version);
        if (form.HasDigest)
            LogWarning(Diagnostic.ProjectVersionTooLong(version, AppRequest.MaxVersionLength, form.Text));
        return form.Text;
    }

    private static string Title(AppRequest request) => $"\"{request.Name}\" {request.Version}".TrimEnd();

    private App? TakePublished(AppPublisher publisher, AppRequest request, CancellationToken cancellationToken)
    {
        var app = publisher.FindPublished(request, cancellationToken);
        if (app is not null)
            Say($"PlayCanvas: {Title(request)} is already published (app {app.Id}); nothing was published because PlayCanvasSkipPublishedVersion is true");
        return app;
    }

    private App? TakeAccepted(AppPublisher publisher, AppRequest request, CancellationToken cancellationToken)
    {
        if (Settings.Text(AcceptApp)?.Trim() is not { } value)
            return null;

        var app = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? publisher.Accept(id, request, cancellationToken) : null;
        if (app is null)
            throw new DiagnosticException(Diagnostic.AcceptedAppInvalid(value, Title(request), request.ProjectId));

        Say($"PlayCanvas: app {app.Id} is accepted as the result because of PlayCanvasAcceptApp; nothing was published");
        return app;
    }

    private App Publish(AppPublisher publisher, AppRequest request, string? publishId, bool again, CancellationToken cancellationToken)
    {
        var mark = publishId is null ? null : PublishMark.Of(publishId, request);
        if (mark is not null)
            CheckReleaseNotes(request.ReleaseNotes, PublishMark.RoomBeside(mark));

        Say($"PlayCanvas: publishing {Title(request)} of project {request.ProjectId}");
        var start = Clock.UtcNow;
        var app = publisher.Publish(request, mark, again, cancellationToken);
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

    /// <summary>Writes the events of the publish to the build log.</summary>
    private sealed class PublishReporter(PlayCanvasPublishApp task) : IPublishObserver
    {
        public void TakingUp(RequestIntent intent) =>
            task.Say($"PlayCanvas: an earlier build sent this publish request at {intent.AskedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}; looking for its result{(intent.AppId is { } app ? $" (app {app})" : "")}");

        public void FoundMarked(RequestIntent intent) =>
            task.Say($"PlayCanvas: {(intent.AppId is { } app ? $"app {app}" : $"build {intent.BuildId}")} carries this publish's id, so an earlier run published it; set PlayCanvasPublishAgain=true to publish again");

        public void LookingForLostRequest(string request) =>
            task.Say($"PlayCanvas: the response to {request} was lost; looking for its result for up to half a minute");

        public void StillLooking() => task.SayNowAndThen("PlayCanvas: still looking for the result");
    }
}

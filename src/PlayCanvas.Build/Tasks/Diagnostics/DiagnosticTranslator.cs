using System.Net;
using System.Security;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>The one place where what went wrong becomes what a person is told.</summary>
internal static class DiagnosticTranslator
{
    /// <summary>The fields of a request, and the properties that they come from.</summary>
    private static readonly (string Field, string Property)[] PropertiesOfFields =
    [
        ("engine_version", "PlayCanvasEngineVersion"),
        ("release_notes", "PlayCanvasReleaseNotes"),
        ("description", "PlayCanvasAppDescription"),
        ("branch", "PlayCanvasBranch"),
        ("scene", "PlayCanvasScenes"),
        ("sourcemap", "PlayCanvasScriptsSourcemaps"),
        ("minify", "PlayCanvasScriptsMinify"),
        ("concatenate", "PlayCanvasScriptsConcatenate"),
        ("format", "PlayCanvasFormat"),
        ("preload", "PlayCanvasPreloadBundle"),
        ("project_id", "PlayCanvasProjectId"),
        ("version", "PlayCanvasAppVersion"),
        ("name", "PlayCanvasAppName"),
    ];

    /// <summary>What to tell; null for an error that nobody expected, which must surface as such.</summary>
    public static DiagnosticMessage? Translate(Exception error) => error switch
    {
        DiagnosticException known => known.Diagnostic,
        ApiException api => Translate(api),
        JobException job => Translate(job),
        ExportException export => Translate(export),
        OutcomeUnknownException unknown => Translate(unknown),
        NameNotFoundException { Kind: NameKind.Scene } name => Diagnostic.SceneNotFound(name.Name, List(name.Existing)),
        NameNotFoundException name => Diagnostic.BranchNotFound(name.Name, List(name.Existing)),
        NameAmbiguousException { Kind: NameKind.Scene } name => Diagnostic.SceneAmbiguous(name.Name, string.Join(", ", name.Ids)),
        NameAmbiguousException name => Diagnostic.BranchAmbiguous(name.Name, string.Join(", ", name.Ids)),
        StartSceneUnknownException { Scenes.Count: 0 } => Diagnostic.SceneNotFound(ProjectSelection.AllOthers, List([])),
        StartSceneUnknownException star => Diagnostic.StartSceneUnknown(star.Scenes[0]),
        FileHeldException held => Diagnostic.FileHeld(held.Path, held.Limit.TotalSeconds),
        IOException or UnauthorizedAccessException or SecurityException => Diagnostic.FileError(Clause(error.Message)),
        _ => null,
    };

    /// <summary>Whether the reason is that PlayCanvas is out of reach from here, now.</summary>
    public static bool IsOutOfReach(Exception error) => error switch
    {
        ApiUnreachableException or ApiConnectionLostException or ApiTimeoutException or ProxyAuthenticationException or ProxyException => true,
        ApiResponseException answer => (int)answer.Status >= 500,
        ExportDownloadException { InnerException: { } inner } => IsOutOfReach(inner),
        JobTimeoutException { LastFailure: { } failure } => IsOutOfReach(failure),
        _ => false,
    };

    private static DiagnosticMessage Translate(ApiException error) => error switch
    {
        ApiResponseException answer => Translate(answer),
        ApiUnreachableException => Diagnostic.Unreachable(error.Request, Words(error)),
        ApiConnectionLostException => Diagnostic.ConnectionLost(error.Request, Words(error)),
        ApiTimeoutException timeout => Diagnostic.TimedOut(timeout.Timeout.TotalSeconds, error.Request),
        ApiFormatException format => Diagnostic.UnexpectedAnswer(format.Reason, error.Request, format.Excerpt),
        ApiRedirectException redirect => Diagnostic.RedirectRefused(error.Request, redirect.Reason),
        ProxyAuthenticationException => Diagnostic.ProxyRefused(error.Request),
        ProxyException proxy => Diagnostic.ProxyUnusable(proxy.Proxy, error.Request, ApiJson.OneLine(proxy.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    private static DiagnosticMessage Translate(ApiResponseException answer) => (int)answer.Status switch
    {
        401 => Diagnostic.TokenRefused(answer.ServerMessage),
        403 => Diagnostic.Forbidden(answer.Request, answer.ServerMessage),
        404 => Diagnostic.NotFound(answer.Request, answer.ServerMessage),
        429 => Diagnostic.RateLimited(answer.Request),
        >= 500 => Diagnostic.ServerError(StatusOf(answer.Status), answer.Request, answer.ServerMessage),
        _ => Diagnostic.Refused(StatusOf(answer.Status), answer.Request, PropertiesIn(answer.ServerMessage), answer.ServerMessage),
    };

    private static DiagnosticMessage Translate(JobException error) => error switch
    {
        JobFailedException failed => Diagnostic.JobFailed(failed.Job, failed.ServerMessage),
        JobTimeoutException timeout => Diagnostic.JobTimedOut(timeout.Job, timeout.Timeout.TotalSeconds, LastFailure(timeout)),
        JobWithoutResultException empty => Diagnostic.JobWithoutResult(empty.Job, empty.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    private static string LastFailure(JobTimeoutException error) =>
        error.LastFailure is { } failure ? $"The last request failed: {ApiJson.OneLine(failure.Summary)}" : "";

    private static DiagnosticMessage Translate(OutcomeUnknownException error) =>
        Diagnostic.OutcomeUnknown(error.What, error.Candidates, error.InnerException?.Message ?? "");

    private static DiagnosticMessage Translate(ExportException error) => error switch
    {
        ExportDamagedException => Diagnostic.ExportDamaged(error.Message),
        ExportUnsafeException => Diagnostic.ExportUnsafe(error.Message),
        ExportPathTooLongException => Diagnostic.FileError(ApiJson.OneLine(error.Message)),
        ExportTooLargeException => Diagnostic.ExportTooLarge(error.Message),
        ExportIncompleteException => Diagnostic.ExportIncomplete(error.Message),
        ExportInconsistentException => Diagnostic.ExportInconsistent(error.Message),
        ExportMismatchException => Diagnostic.ExportMismatch(error.Message),
        ExportIsSourceException => Diagnostic.ExportIsSource(),
        FolderNotOursException folder => Diagnostic.FolderNotOurs(folder.Folder, folder.Reason),
        FileInUseException file => Diagnostic.FileInUse(file.Path, error.InnerException!.Message),
        ExportFileNotFoundException file => Diagnostic.ExportFileNotFound(file.Path),
        ExportDownloadException { InnerException: ApiResponseException answer } =>
            Diagnostic.DownloadFailed($"{StatusOf(answer.Status)} from {answer.Request} {answer.ServerMessage}".TrimEnd()),
        ExportDownloadException => Diagnostic.DownloadFailed(error.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    private static string StatusOf(HttpStatusCode status) => $"{(int)status}";

    private static string Words(Exception error) => ApiJson.OneLine((error.InnerException ?? error).Message);

    /// <summary>A sentence of the system's, to stand inside one of ours.</summary>
    private static string Clause(string sentence) => ApiJson.OneLine(sentence).TrimEnd('.');

    private static string List(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Select(name => $"\"{name}\""));

    private static string PropertiesIn(string words)
    {
        var named = PropertiesOfFields.FirstOrDefault(pair => words.IndexOf(pair.Field, StringComparison.OrdinalIgnoreCase) >= 0).Property;
        return named ?? "PlayCanvasProjectId, PlayCanvasScenes and PlayCanvasEngineVersion";
    }
}

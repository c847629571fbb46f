using System.Net;
using System.Security;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>Translates exceptions into diagnostics. This is the only place where an exception gets a code and a text for the user.</summary>
internal static class DiagnosticTranslator
{
    /// <summary>The maximum number of names in a message.</summary>
    private const int MaxNames = 20;

    /// <summary>Returns the diagnostic for an exception; null for an unexpected exception, which must not be reported as a known failure.</summary>
    public static DiagnosticMessage? Translate(Exception error) => error switch
    {
        DiagnosticException known => known.Diagnostic,
        OptionException option => Translate(option),
        ApiException api => Translate(api),
        JobException { Fault: JobFault.Failed } failed => Diagnostic.JobFailed(failed.Job, failed.Reason),
        JobException empty => Diagnostic.JobWithoutResult(empty.Job, empty.Reason),
        JobTimeoutException timeout => Diagnostic.JobTimedOut(timeout.Job, timeout.Timeout.TotalSeconds, LastFailure(timeout)),
        ExportException export => Translate(export),
        OutcomeUnknownException unknown => Translate(unknown),
        CheckpointException refused => Diagnostic.CheckpointNotMade(refused.What, refused.Words),
        NameException name => Translate(name, Options.Branch),
        AppSelectionException app => Translate(app),
        ExportDownloadException { InnerException: ApiResponseException answer } =>
            Diagnostic.DownloadFailed(WithoutPeriod($"{answer.Request}: {answer.Summary}")),
        ExportDownloadException => Diagnostic.DownloadFailed(WithoutPeriod(error.Message)),
        BudgetException { Metadata: { } metadata } value => Diagnostic.BudgetInvalid(value.Name, metadata, value.Value, value.Reason),
        BudgetException budget => Diagnostic.BudgetEmpty(budget.Name, budget.Reason),
        LockFileException file => Diagnostic.LockFileUnreadable(file.Path, ApiJson.OneLine(file.Reason)),
        DamagedContentException content => Diagnostic.ContentDamaged(content.Path),
        FolderNotOursException folder => Diagnostic.FolderNotOurs(folder.Folder, folder.Reason),
        FileInUseException file => Diagnostic.FileInUse(file.Path, file.InnerException!.Message),
        FileHeldException held => Diagnostic.FileHeld(held.Path, held.Limit.TotalSeconds),
        IOException or UnauthorizedAccessException or SecurityException => Diagnostic.FileError(WithoutPeriod(ApiJson.OneLine(error.Message))),
        _ => null,
    };

    /// <summary>Returns the diagnostic for an exception that ends the work on a branch's archive; null for an unexpected exception.</summary>
    public static DiagnosticMessage? TranslateArchive(string branch, Exception error) => error switch
    {
        NameException name => Translate(name, Options.ArchiveBranches),
        JobException job => Diagnostic.ArchiveFailed(branch, $"{(job.Fault == JobFault.Failed ? "PlayCanvas could not make it" : "PlayCanvas did not return it")} ({job.Job}: {WithoutPeriod(job.Reason)}). Try again, or check the project in the Editor."),
        ExportException { Fault: ExportFault.Damaged } damaged => Diagnostic.ArchiveFailed(branch, $"it is damaged, also after a second download: {WithoutPeriod(damaged.Message)}. Try again."),
        ExportException refused => Diagnostic.ArchiveFailed(branch, $"it was refused, because {WithoutPeriod(refused.Message)}."),
        IOException or UnauthorizedAccessException => Diagnostic.ArchiveFailed(branch, $"it could not be written: {WithoutPeriod(ApiJson.OneLine(error.Message))}. Check the permissions, the free disk space and PlayCanvasArchiveDirectory."),
        _ => Translate(error) is { } diagnostic ? Diagnostic.ArchiveFailed(branch, diagnostic.Text) : null,
    };

    /// <summary>
    /// Returns whether the exception means that the service cannot be used at the moment: no token, no connection, no response, a proxy error, or a
    /// server error (5xx).
    /// </summary>
    public static bool IsServiceUnavailable(Exception error) => error switch
    {
        DiagnosticException known => known.Diagnostic.Code == Diagnostic.AccessTokenMissingCode,
        ApiUnreachableException or ApiConnectionLostException or ApiTimeoutException or ProxyException => true,
        ApiResponseException answer => (int)answer.Status >= 500,
        ExportDownloadException { InnerException: { } inner } => IsServiceUnavailable(inner),
        JobTimeoutException { LastFailure: { } failure } => IsServiceUnavailable(failure),
        _ => false,
    };

    private static DiagnosticMessage Translate(OptionException error) => (error.Option, error.Fault) switch
    {
        ({ Name: nameof(Options.ProjectId) }, OptionFault.Missing) => Diagnostic.ProjectIdMissing(),
        ({ Name: nameof(Options.Scenes) }, _) => Diagnostic.ScenesMissing(),
        ({ Name: nameof(Options.ReleaseNotes) } notes, _) => Diagnostic.ReleaseNotesTooLong(error.Value.Length, notes.Max),
        ({ Name: nameof(Options.ApiUrl) }, _) => Diagnostic.ApiUrlInvalid(error.Value),
        ({ Name: nameof(Options.GamePath) }, _) => Diagnostic.GamePathInvalid(error.Value),
        ({ Name: nameof(Options.ExportSource) }, _) => Diagnostic.ExportSourceInvalid(error.Value),
        ({ ChangesFiles: true } option, OptionFault.Unsupported) => Diagnostic.ExclusionInvalid(option.Property, "PlayCanvasFormat=npm requests the sources of the game, of which nothing can be left out"),
        ({ Name: nameof(Options.Exclude) } option, _) => Diagnostic.ExclusionInvalid(option.Property, $"\"{error.Value}\" does not say which assets it means"),
        (_, OptionFault.Unsupported) => Diagnostic.SourcemapsNeedMinify(),
        ({ Kind: OptionKind.Switch } option, _) => Diagnostic.SwitchInvalid(option.Property, error.Value),
        ({ Kind: OptionKind.Id or OptionKind.Ids } option, _) => Diagnostic.IdInvalid(option.Property, error.Value),
        ({ Kind: OptionKind.Number } option, _) => Diagnostic.NumberInvalid(option.Property, error.Value, option.Min, option.Max),
        ({ Kind: OptionKind.Choice } option, _) => Diagnostic.ChoiceInvalid(option.Property, error.Value, string.Join(" or ", option.Choices)),
        ({ } option, _) => Diagnostic.LengthInvalid(option.Property, error.Value.Length, Math.Max(option.Min, 1), option.Max),
    };

    private static DiagnosticMessage Translate(ApiException error) => error switch
    {
        ApiResponseException answer => Translate(answer),
        ApiUnreachableException => Diagnostic.Unreachable(error.Request, Words(error)),
        ApiConnectionLostException => Diagnostic.ConnectionLost(error.Request, Words(error)),
        ApiTimeoutException timeout => Diagnostic.TimedOut(timeout.Timeout.TotalSeconds, error.Request),
        ApiFormatException format => Diagnostic.UnexpectedAnswer(format.Reason, error.Request, format.Excerpt),
        ApiRedirectException redirect => Diagnostic.RedirectRefused(error.Request, redirect.Reason),
        ProxyException { RequiresCredentials: true } => Diagnostic.ProxyRefused(error.Request),
        ProxyException proxy => Diagnostic.ProxyUnusable(proxy.Proxy!, error.Request, ApiJson.OneLine(proxy.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    private static DiagnosticMessage Translate(ApiResponseException answer) => (int)answer.Status switch
    {
        401 => Diagnostic.TokenRefused(answer.ServerMessage),
        403 => Diagnostic.Forbidden(answer.Request, answer.ServerMessage),
        404 => Diagnostic.NotFound(answer.Request, answer.ServerMessage),
        429 => Diagnostic.RateLimited(answer.Request),
        >= 500 => Diagnostic.ServerError(StatusOf(answer.Status), answer.Request, answer.ServerMessage),
        _ => Diagnostic.Refused(StatusOf(answer.Status), answer.Request, Options.PropertiesNamedIn(answer.ServerMessage), answer.ServerMessage),
    };

    private static DiagnosticMessage Translate(NameException error, Option branchOption) => (error.Fault, error.Kind) switch
    {
        (NameFault.NotFound, NameKind.Scene) => Diagnostic.SceneNotFound(error.Name, NamesLike(error)),
        (NameFault.NotFound, _) => Diagnostic.BranchNotFound(branchOption.Property, error.Name, NamesLike(error)),
        (NameFault.Ambiguous, NameKind.Scene) => Diagnostic.SceneAmbiguous(error.Name, string.Join(", ", error.Candidates)),
        (NameFault.Ambiguous, _) => Diagnostic.BranchAmbiguous(branchOption.Property, error.Name, string.Join(", ", error.Candidates)),
        _ when error.Candidates.Count == 0 => Diagnostic.SceneNotFound(error.Name, NamesLike(error)),
        _ => Diagnostic.StartSceneUnknown(error.Candidates[0], NameList.Format(error.Candidates, MaxNames)),
    };

    private static DiagnosticMessage Translate(AppSelectionException error) => Diagnostic.AppNotSelected(
        error.Wanted,
        error.Fault switch
        {
            AppFault.NotFound => "there is no such app",
            AppFault.OtherBranch => $"only other branches than that of the project have it: {AppName.Format(error.Found)}",
            AppFault.Failed => $"PlayCanvas could not build {AppName.Format(error.Found)}",
            AppFault.Running => $"{AppName.Format(error.Found)} is not complete yet",
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
        },
        error.ProjectId,
        error.Newest.Count == 0 ? "none" : AppName.Format(error.Newest));

    private static string LastFailure(JobTimeoutException error) =>
        error.LastFailure is { } failure ? $"The last request failed: {ApiJson.OneLine(failure.Summary)}" : "";

    private static DiagnosticMessage Translate(OutcomeUnknownException error)
    {
        var words = error.InnerException?.Message ?? "";
        return error.Request is CheckpointIntent ? Diagnostic.CheckpointUnknown(error.Candidates, words) : Diagnostic.OutcomeUnknown(error.Request.What, error.Candidates, words);
    }

    private static DiagnosticMessage Translate(ExportException error) => error.Fault switch
    {
        ExportFault.Damaged => Diagnostic.ExportDamaged(error.Message),
        ExportFault.Unsafe => Diagnostic.ExportUnsafe(error.Message),
        ExportFault.PathTooLong => Diagnostic.FileError(ApiJson.OneLine(error.Message)),
        ExportFault.TooLarge => Diagnostic.ExportTooLarge(error.Message),
        ExportFault.Incomplete => Diagnostic.ExportIncomplete(WithoutPeriod(error.Message)),
        ExportFault.Inconsistent => Diagnostic.ExportInconsistent(error.Message),
        ExportFault.Mismatch => Diagnostic.ExportMismatch(error.Message),
        ExportFault.OtherContent => Diagnostic.ExportMismatch("it is not the content that the lock file names"),
        ExportFault.IsSource => Diagnostic.ExportIsSource(),
        ExportFault.FileNotFound => Diagnostic.ExportFileNotFound(error.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    private static string StatusOf(HttpStatusCode status) => $"{(int)status}";

    private static string Words(Exception error) => ApiJson.OneLine((error.InnerException ?? error).Message);

    /// <summary>Removes the period at the end of a message, because the diagnostic continues with its own.</summary>
    private static string WithoutPeriod(string sentence) => sentence.TrimEnd('.');

    /// <summary>Lists what exists: all names, or those that are most similar to the wanted one if there are many.</summary>
    private static string NamesLike(NameException error)
    {
        var names = error.Candidates.Count > MaxNames ? [.. error.Candidates.OrderBy(name => Spelling.DistanceOf(name, error.Name))] : error.Candidates;
        return names.Count == 0 ? "none" : NameList.Format(names, MaxNames);
    }
}

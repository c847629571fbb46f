using System.Globalization;
using System.Resources;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>
/// All errors and warnings that the tasks raise. <c>DiagnosticTexts.resx</c> lists all codes, including those that the targets raise.
/// A code is never reused for another meaning, and each code has a page under <c>docs/diagnostics</c>.
/// </summary>
internal static class Diagnostic
{
    /// <summary>The code of <see cref="AccessTokenMissing"/>, which is a warning instead of an error when a game is already installed.</summary>
    public const string AccessTokenMissingCode = "PLAYCANVAS1004";

    private static readonly ResourceManager Texts = new(typeof(Diagnostic).Namespace + ".DiagnosticTexts", typeof(Diagnostic).Assembly);

    /// <summary>The project id is not set.</summary>
    public static DiagnosticMessage ProjectIdMissing() => Make("PLAYCANVAS1001");

    /// <summary>An id is not an integer greater than 0.</summary>
    public static DiagnosticMessage IdInvalid(string property, string value) => Make("PLAYCANVAS1002", property, value);

    /// <summary>No scenes are set.</summary>
    public static DiagnosticMessage ScenesMissing() => Make("PLAYCANVAS1003");

    /// <summary>No access token was found.</summary>
    public static DiagnosticMessage AccessTokenMissing(string variable) => Make(AccessTokenMissingCode, variable);

    /// <summary>The access token file cannot be used.</summary>
    public static DiagnosticMessage AccessTokenFileUnreadable(string path, string reason) => Make("PLAYCANVAS1006", path, reason);

    /// <summary>The access token is malformed.</summary>
    public static DiagnosticMessage AccessTokenMalformed(string source) => Make("PLAYCANVAS1007", source);

    /// <summary>The API address cannot be used.</summary>
    public static DiagnosticMessage ApiUrlInvalid(string value) => Make("PLAYCANVAS1008", value);

    /// <summary>The scene does not exist.</summary>
    public static DiagnosticMessage SceneNotFound(string name, string existing) => Make("PLAYCANVAS1009", name, existing);

    /// <summary>Several scenes have the same name.</summary>
    public static DiagnosticMessage SceneAmbiguous(string name, string ids) => Make("PLAYCANVAS1010", name, ids);

    /// <summary>The start scene is not named.</summary>
    public static DiagnosticMessage StartSceneUnknown(string example, string existing) => Make("PLAYCANVAS1011", example, existing);

    /// <summary>The branch does not exist.</summary>
    public static DiagnosticMessage BranchNotFound(string property, string name, string existing) => Make("PLAYCANVAS1012", name, existing, property);

    /// <summary>Several branches have the same name.</summary>
    public static DiagnosticMessage BranchAmbiguous(string property, string name, string ids) => Make("PLAYCANVAS1013", name, ids, property);

    /// <summary>A text is empty or too long.</summary>
    public static DiagnosticMessage LengthInvalid(string property, int length, int min, int max) => Make("PLAYCANVAS1014", property, length, min, max);

    /// <summary>The release notes are too long.</summary>
    public static DiagnosticMessage ReleaseNotesTooLong(int length, int longest) => Make("PLAYCANVAS1017", length, longest);

    /// <summary>Source maps require concatenated and minified scripts.</summary>
    public static DiagnosticMessage SourcemapsNeedMinify() => Make("PLAYCANVAS1018");

    /// <summary>A switch is neither true nor false.</summary>
    public static DiagnosticMessage SwitchInvalid(string property, string value) => Make("PLAYCANVAS1019", property, value);

    /// <summary>A number is invalid or out of range.</summary>
    public static DiagnosticMessage NumberInvalid(string property, string value, long least, long most) => Make("PLAYCANVAS1020", property, value, least, most);

    /// <summary>A value is not one of those that an option accepts.</summary>
    public static DiagnosticMessage ChoiceInvalid(string property, string value, string choices) => Make("PLAYCANVAS1021", property, value, choices);

    /// <summary>Two games would be published as the same app.</summary>
    public static DiagnosticMessage SameAppTwice() => Make("PLAYCANVAS1023");

    /// <summary>The user secrets cannot be read.</summary>
    public static DiagnosticMessage UserSecretsUnreadable(string path, string reason) => Make("PLAYCANVAS1024", path, reason);

    /// <summary>The game path cannot be used.</summary>
    public static DiagnosticMessage GamePathInvalid(string value) => Make("PLAYCANVAS1025", value);

    /// <summary>The project version is too long.</summary>
    public static DiagnosticMessage ProjectVersionTooLong(string version, int longest, string form) => Make("PLAYCANVAS1026", version, longest, form);

    /// <summary>A name in the project is unknown.</summary>
    public static DiagnosticMessage NameUnknown(string name, string suggestion) => Make("PLAYCANVAS1027", name, suggestion);

    /// <summary>The lock file cannot be read.</summary>
    public static DiagnosticMessage LockFileUnreadable(string path, string reason) => Make("PLAYCANVAS1029", path, reason);

    /// <summary>The publish id cannot be used.</summary>
    public static DiagnosticMessage PublishIdInvalid(string value, int longest) => Make("PLAYCANVAS1030", value, longest);

    /// <summary>The accepted app does not match.</summary>
    public static DiagnosticMessage AcceptedAppInvalid(string value, string title, long projectId) => Make("PLAYCANVAS1031", value, title, projectId);

    /// <summary>Locked mode contradicts another setting.</summary>
    public static DiagnosticMessage LockedModeContradicted(string setting) => Make("PLAYCANVAS1032", setting);

    /// <summary>Locked mode requires an entry in the lock file.</summary>
    public static DiagnosticMessage LockEntryMissing(string gamePath, string path) => Make("PLAYCANVAS1033", gamePath, path);

    /// <summary>The team's store cannot be used.</summary>
    public static DiagnosticMessage ExportSourceInvalid(string value) => Make("PLAYCANVAS1034", value);

    /// <summary>The checkpoint that the project names is not one of the branch.</summary>
    public static DiagnosticMessage AcceptedCheckpointInvalid(string value, string branch) => Make("PLAYCANVAS1035", value, branch);

    /// <summary>An id or a version does not select an app.</summary>
    public static DiagnosticMessage AppNotSelected(string wanted, string reason, long projectId, string newest) => Make("PLAYCANVAS1036", wanted, reason, projectId, newest);

    /// <summary>The project does not say which apps a target is for.</summary>
    public static DiagnosticMessage AppsNotNamed(string target, string reason, string properties) => Make("PLAYCANVAS1037", target, reason, properties);

    /// <summary>A pattern of what is left out is invalid.</summary>
    public static DiagnosticMessage ExclusionInvalid(string property, string reason) => Make("PLAYCANVAS1039", property, reason);

    /// <summary>A value of a budget is invalid.</summary>
    public static DiagnosticMessage BudgetInvalid(string budget, string metadata, string value, string form) => Make("PLAYCANVAS1040", budget, metadata, value, form);

    /// <summary>A budget limits nothing.</summary>
    public static DiagnosticMessage BudgetEmpty(string budget, string reason) => Make("PLAYCANVAS1041", budget, reason);

    /// <summary>The patterns of what is left out are in an attribute that belongs to MSBuild.</summary>
    public static DiagnosticMessage ExcludeIsAttribute() => Make("PLAYCANVAS1042");

    /// <summary>The access token was rejected.</summary>
    public static DiagnosticMessage TokenRefused(string words) => Make("PLAYCANVAS2001", words);

    /// <summary>The access token does not permit the request.</summary>
    public static DiagnosticMessage Forbidden(string request, string words) => Make("PLAYCANVAS2002", request, words);

    /// <summary>The project, scene, branch or app was not found.</summary>
    public static DiagnosticMessage NotFound(string request, string words) => Make("PLAYCANVAS2003", request, words);

    /// <summary>The request was rejected.</summary>
    public static DiagnosticMessage Refused(string status, string request, string properties, string words) => Make("PLAYCANVAS2004", status, request, properties, words);

    /// <summary>The rate limit is exceeded.</summary>
    public static DiagnosticMessage RateLimited(string request) => Make("PLAYCANVAS2005", request);

    /// <summary>The server returned an error.</summary>
    public static DiagnosticMessage ServerError(string status, string request, string words) => Make("PLAYCANVAS2006", status, request, words);

    /// <summary>PlayCanvas cannot be reached.</summary>
    public static DiagnosticMessage Unreachable(string request, string words) => Make("PLAYCANVAS2007", request, words);

    /// <summary>The server did not respond in time.</summary>
    public static DiagnosticMessage TimedOut(double seconds, string request) => Make("PLAYCANVAS2008", seconds, request);

    /// <summary>The response is not from the API.</summary>
    public static DiagnosticMessage UnexpectedAnswer(string reason, string request, string excerpt) => Make("PLAYCANVAS2009", reason, request, excerpt);

    /// <summary>The proxy requires credentials.</summary>
    public static DiagnosticMessage ProxyRefused(string request) => Make("PLAYCANVAS2010", request);

    /// <summary>A redirect was not followed.</summary>
    public static DiagnosticMessage RedirectRefused(string request, string reason) => Make("PLAYCANVAS2011", request, reason);

    /// <summary>The connection was lost.</summary>
    public static DiagnosticMessage ConnectionLost(string request, string words) => Make("PLAYCANVAS2012", request, words);

    /// <summary>The proxy cannot be used.</summary>
    public static DiagnosticMessage ProxyUnusable(string proxy, string request, string words) => Make("PLAYCANVAS2013", proxy, request, words);

    /// <summary>The status is incomplete.</summary>
    public static DiagnosticMessage StatusIncomplete(string reason) => Make("PLAYCANVAS2014", reason);

    /// <summary>PlayCanvas could not build the app.</summary>
    public static DiagnosticMessage JobFailed(string job, string words) => Make("PLAYCANVAS3001", job, words);

    /// <summary>The job did not finish in time.</summary>
    public static DiagnosticMessage JobTimedOut(string job, double seconds, string words) => Make("PLAYCANVAS3002", job, seconds, words);

    /// <summary>The job has no result.</summary>
    public static DiagnosticMessage JobWithoutResult(string job, string reason) => Make("PLAYCANVAS3003", job, reason);

    /// <summary>The outcome of a publish is unknown.</summary>
    public static DiagnosticMessage OutcomeUnknown(string what, IReadOnlyList<string> candidates, string words) => Make(
        "PLAYCANVAS3004", what, candidates.Count == 0 ? Text("NoCandidateAdvice") : Text("CandidateAdvice", string.Join(", ", candidates)), words);

    /// <summary>The published app is not the primary app.</summary>
    public static DiagnosticMessage PrimaryAppNotSet(string app, string words) => Make("PLAYCANVAS3005", app, words);

    /// <summary>The branch has moved on since the game was locked.</summary>
    public static DiagnosticMessage PublishIsNotLocked(string branch, string newest, string locked) => Make("PLAYCANVAS3006", branch, newest, locked);

    /// <summary>A dry run: the version would be published a second time.</summary>
    public static DiagnosticMessage PublishedTwice(string title, long appId) => Make("PLAYCANVAS3007", title, appId);

    /// <summary>The outcome of a request for a checkpoint is unknown.</summary>
    public static DiagnosticMessage CheckpointUnknown(IReadOnlyList<string> candidates, string words) => Make(
        "PLAYCANVAS3008", candidates.Count == 0 ? Text("NoCheckpointAdvice") : Text("CheckpointAdvice", string.Join(", ", candidates)), words);

    /// <summary>The branch has moved on since the app's checkpoint was made.</summary>
    public static DiagnosticMessage BranchMovedOn(string branch, string newest, string checkpoint) => Make("PLAYCANVAS3009", branch, newest, checkpoint);

    /// <summary>PlayCanvas did not make the checkpoint.</summary>
    public static DiagnosticMessage CheckpointNotMade(string what, string words) => Make("PLAYCANVAS3010", what, words);

    /// <summary>The primary app is not deleted.</summary>
    public static DiagnosticMessage PrimaryAppNotDeleted(string app, long projectId) => Make("PLAYCANVAS3011", app, projectId);

    /// <summary>Apps could not be deleted.</summary>
    public static DiagnosticMessage AppsNotDeleted(string apps, string words) => Make("PLAYCANVAS3012", apps, words);

    /// <summary>It is unknown whether an app is the primary app now.</summary>
    public static DiagnosticMessage PrimaryAppUnknown(string app, string before, long projectId, string words) => Make("PLAYCANVAS3013", app, before, projectId, words);

    /// <summary>The export is damaged.</summary>
    public static DiagnosticMessage ExportDamaged(string reason) => Make("PLAYCANVAS4001", reason);

    /// <summary>The export is unsafe.</summary>
    public static DiagnosticMessage ExportUnsafe(string reason) => Make("PLAYCANVAS4002", reason);

    /// <summary>The export is too large.</summary>
    public static DiagnosticMessage ExportTooLarge(string reason) => Make("PLAYCANVAS4003", reason);

    /// <summary>The export is not a game.</summary>
    public static DiagnosticMessage ExportIncomplete(string problems) => Make("PLAYCANVAS4004", problems);

    /// <summary>The export does not match the request.</summary>
    public static DiagnosticMessage ExportMismatch(string reason) => Make("PLAYCANVAS4005", reason);

    /// <summary>The export is an npm project.</summary>
    public static DiagnosticMessage ExportIsSource() => Make("PLAYCANVAS4006");

    /// <summary>The game folder cannot be used.</summary>
    public static DiagnosticMessage FolderNotOurs(string folder, string reason) => Make("PLAYCANVAS4007", folder, reason);

    /// <summary>A file is in use.</summary>
    public static DiagnosticMessage FileInUse(string path, string words) => Make("PLAYCANVAS4008", path, words);

    /// <summary>Files cannot be read or written.</summary>
    public static DiagnosticMessage FileError(string words) => Make("PLAYCANVAS4009", words);

    /// <summary>The export file does not exist.</summary>
    public static DiagnosticMessage ExportFileNotFound(string path) => Make("PLAYCANVAS4010", path);

    /// <summary>The export could not be downloaded.</summary>
    public static DiagnosticMessage DownloadFailed(string words) => Make("PLAYCANVAS4011", words);

    /// <summary>The installed game was not updated.</summary>
    public static DiagnosticMessage GameKept(string reason) => Make("PLAYCANVAS4012", reason);

    /// <summary>Two games would be copied to the same folder.</summary>
    public static DiagnosticMessage GamesClash(string gamePath) => Make("PLAYCANVAS4013", gamePath);

    /// <summary>The export's files do not match what it lists.</summary>
    public static DiagnosticMessage ExportInconsistent(string problems) => Make("PLAYCANVAS4014", problems);

    /// <summary>Locked mode: the locked content is not available.</summary>
    public static DiagnosticMessage LockedContentUnavailable(string gamePath, string content, string changes, string reasons) =>
        Make("PLAYCANVAS4015", gamePath, content, changes, reasons);

    /// <summary>Another content than the locked one was installed.</summary>
    public static DiagnosticMessage LockedContentReplaced(string gamePath, string content, string changes, string outcome) =>
        Make("PLAYCANVAS4016", gamePath, content, changes, outcome);

    /// <summary>A file of the team's store cannot be used.</summary>
    public static DiagnosticMessage TeamExportUnusable(string file, string reason) => Make("PLAYCANVAS4018", file, reason);

    /// <summary>The lock file cannot be written.</summary>
    public static DiagnosticMessage LockFileNotWritten(string path, string reason) => Make("PLAYCANVAS4020", path, reason);

    /// <summary>A file of the game has been changed.</summary>
    public static DiagnosticMessage ContentDamaged(string path) => Make("PLAYCANVAS4021", path);

    /// <summary>Results cannot be written.</summary>
    public static DiagnosticMessage ResultNotWritten(string path, string setting, string reason) => Make("PLAYCANVAS4024", path, setting, reason);

    /// <summary>The archive of a branch was not saved.</summary>
    public static DiagnosticMessage ArchiveFailed(string branch, string reason) => Make("PLAYCANVAS4025", branch, reason);

    /// <summary>The folder for archives cannot be used.</summary>
    public static DiagnosticMessage ArchiveFolderUnusable(string folder, string reason) => Make("PLAYCANVAS4026", folder, reason);

    /// <summary>The game names assets that are left out.</summary>
    public static DiagnosticMessage LeftOutMentioned(string gamePath, string mentions) => Make("PLAYCANVAS4028", gamePath, mentions);

    /// <summary>The game exceeds a budget that warns.</summary>
    public static DiagnosticMessage BudgetWarned(string game, string budget, string what, string causes) => Make("PLAYCANVAS4029", game, budget, what, causes);

    /// <summary>The game exceeds a budget that must be kept.</summary>
    public static DiagnosticMessage BudgetExceeded(string game, string budget, string what, string causes) => Make("PLAYCANVAS4030", game, budget, what, causes);

    /// <summary>Patterns of what is left out select no asset.</summary>
    public static DiagnosticMessage PatternsWithoutAssets(string gamePath, string patterns) => Make("PLAYCANVAS4031", gamePath, patterns);

    /// <summary>Another process holds a file for too long.</summary>
    public static DiagnosticMessage FileHeld(string path, double seconds) => Make("PLAYCANVAS4017", path, seconds);

    /// <summary>Appends to a diagnostic how to build without a game, or with a game from a zip file.</summary>
    public static DiagnosticMessage WithNoGameAdvice(DiagnosticMessage diagnostic) => WithAdvice(diagnostic, "NoGameAdvice");

    private static DiagnosticMessage WithAdvice(DiagnosticMessage diagnostic, string name) =>
        diagnostic with { Text = diagnostic.Text + " " + Text(name) };

    private static DiagnosticMessage Make(string code, params object[] arguments) => new(code, OneLine(Text(code, arguments)).TrimEnd());

    private static string Text(string name, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, Texts.GetString(name, CultureInfo.InvariantCulture)!, arguments);

    /// <summary>Replaces control characters, because a value that a person or a server wrote may contain line breaks and a diagnostic is a single line.</summary>
    private static string OneLine(string text) =>
        new([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);
}

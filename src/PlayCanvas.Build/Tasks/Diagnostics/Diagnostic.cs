using System.Globalization;
using System.Resources;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>
/// All errors and warnings that the tasks raise. <c>DiagnosticTexts.resx</c> is the list of all codes, those that the targets raise included.
/// A code is never given another meaning, and each has a page under <c>docs/diagnostics</c>.
/// </summary>
internal static class Diagnostic
{
    /// <summary>The code of <see cref="AccessTokenMissing"/>, which is no error where a game is there already.</summary>
    public const string AccessTokenMissingCode = "PLAYCANVAS1004";

    private static readonly ResourceManager Texts = new(typeof(Diagnostic).Namespace + ".DiagnosticTexts", typeof(Diagnostic).Assembly);

    /// <summary>No project.</summary>
    public static DiagnosticMessage ProjectIdMissing() => Make("PLAYCANVAS1001");

    /// <summary>The project id is no number.</summary>
    public static DiagnosticMessage ProjectIdInvalid(string value) => Make("PLAYCANVAS1002", value);

    /// <summary>No scenes.</summary>
    public static DiagnosticMessage ScenesMissing() => Make("PLAYCANVAS1003");

    /// <summary>No access token.</summary>
    public static DiagnosticMessage AccessTokenMissing(string variable) => Make(AccessTokenMissingCode, variable);

    /// <summary>The token's file cannot be used.</summary>
    public static DiagnosticMessage AccessTokenFileUnreadable(string path, string reason) => Make("PLAYCANVAS1006", path, reason);

    /// <summary>The token is malformed.</summary>
    public static DiagnosticMessage AccessTokenMalformed(string source) => Make("PLAYCANVAS1007", source);

    /// <summary>The API's address cannot be used.</summary>
    public static DiagnosticMessage ApiUrlInvalid(string value) => Make("PLAYCANVAS1008", value);

    /// <summary>No such scene.</summary>
    public static DiagnosticMessage SceneNotFound(string name, string existing) => Make("PLAYCANVAS1009", name, existing);

    /// <summary>Several scenes have this name.</summary>
    public static DiagnosticMessage SceneAmbiguous(string name, string ids) => Make("PLAYCANVAS1010", name, ids);

    /// <summary>Which scene starts?</summary>
    public static DiagnosticMessage StartSceneUnknown(string existing) => Make("PLAYCANVAS1011", existing);

    /// <summary>No such branch.</summary>
    public static DiagnosticMessage BranchNotFound(string name, string existing) => Make("PLAYCANVAS1012", name, existing);

    /// <summary>Several branches have this name.</summary>
    public static DiagnosticMessage BranchAmbiguous(string name, string ids) => Make("PLAYCANVAS1013", name, ids);

    /// <summary>The app's name has a wrong length.</summary>
    public static DiagnosticMessage AppNameInvalid(int length, int longest) => Make("PLAYCANVAS1014", length, longest);

    /// <summary>The app's version is too long.</summary>
    public static DiagnosticMessage AppVersionTooLong(int length, int longest) => Make("PLAYCANVAS1015", length, longest);

    /// <summary>The app's description is too long.</summary>
    public static DiagnosticMessage AppDescriptionTooLong(int length, int longest) => Make("PLAYCANVAS1016", length, longest);

    /// <summary>The release notes are too long.</summary>
    public static DiagnosticMessage ReleaseNotesTooLong(int length, int longest) => Make("PLAYCANVAS1017", length, longest);

    /// <summary>Source maps need concatenated, minified scripts.</summary>
    public static DiagnosticMessage SourcemapsNeedMinify() => Make("PLAYCANVAS1018");

    /// <summary>A switch is neither true nor false.</summary>
    public static DiagnosticMessage SwitchInvalid(string property, string value) => Make("PLAYCANVAS1019", property, value);

    /// <summary>A number cannot be used.</summary>
    public static DiagnosticMessage NumberInvalid(string property, string value, long least, long most) => Make("PLAYCANVAS1020", property, value, least, most);

    /// <summary>No such format.</summary>
    public static DiagnosticMessage FormatInvalid(string value) => Make("PLAYCANVAS1021", value);

    /// <summary>No such order.</summary>
    public static DiagnosticMessage ListOrderInvalid(string value) => Make("PLAYCANVAS1022", value);

    /// <summary>User secrets cannot be read.</summary>
    public static DiagnosticMessage UserSecretsUnreadable(string path, string reason) => Make("PLAYCANVAS1024", path, reason);

    /// <summary>The game's path cannot be used.</summary>
    public static DiagnosticMessage GamePathInvalid(string value) => Make("PLAYCANVAS1025", value);

    /// <summary>The project's version is too long.</summary>
    public static DiagnosticMessage ProjectVersionTooLong(string version, int longest, string form) => Make("PLAYCANVAS1026", version, longest, form);

    /// <summary>The publish id cannot be used.</summary>
    public static DiagnosticMessage PublishIdInvalid(string value, int longest) => Make("PLAYCANVAS1030", value, longest);

    /// <summary>The app that is to be accepted is not one of the project's.</summary>
    public static DiagnosticMessage AcceptedAppInvalid(string value, string title, long projectId) => Make("PLAYCANVAS1031", value, title, projectId);

    /// <summary>The token was refused.</summary>
    public static DiagnosticMessage TokenRefused(string words) => Make("PLAYCANVAS2001", words);

    /// <summary>The token may not do this.</summary>
    public static DiagnosticMessage Forbidden(string request, string words) => Make("PLAYCANVAS2002", request, words);

    /// <summary>Not found.</summary>
    public static DiagnosticMessage NotFound(string request, string words) => Make("PLAYCANVAS2003", request, words);

    /// <summary>The request was refused.</summary>
    public static DiagnosticMessage Refused(string status, string request, string properties, string words) => Make("PLAYCANVAS2004", status, request, properties, words);

    /// <summary>The rate limit does not let us through.</summary>
    public static DiagnosticMessage RateLimited(string request) => Make("PLAYCANVAS2005", request);

    /// <summary>The server failed.</summary>
    public static DiagnosticMessage ServerError(string status, string request, string words) => Make("PLAYCANVAS2006", status, request, words);

    /// <summary>No connection.</summary>
    public static DiagnosticMessage Unreachable(string request, string words) => Make("PLAYCANVAS2007", request, words);

    /// <summary>No answer in time.</summary>
    public static DiagnosticMessage TimedOut(double seconds, string request) => Make("PLAYCANVAS2008", seconds, request);

    /// <summary>Not an answer of the API.</summary>
    public static DiagnosticMessage UnexpectedAnswer(string reason, string request, string excerpt) => Make("PLAYCANVAS2009", reason, request, excerpt);

    /// <summary>The proxy wants credentials.</summary>
    public static DiagnosticMessage ProxyRefused(string request) => Make("PLAYCANVAS2010", request);

    /// <summary>A redirect that is not followed.</summary>
    public static DiagnosticMessage RedirectRefused(string request, string reason) => Make("PLAYCANVAS2011", request, reason);

    /// <summary>The connection broke.</summary>
    public static DiagnosticMessage ConnectionLost(string request, string words) => Make("PLAYCANVAS2012", request, words);

    /// <summary>The proxy cannot be used.</summary>
    public static DiagnosticMessage ProxyUnusable(string proxy, string request, string words) => Make("PLAYCANVAS2013", proxy, request, words);

    /// <summary>The service could not build the app.</summary>
    public static DiagnosticMessage JobFailed(string job, string words) => Make("PLAYCANVAS3001", job, words);

    /// <summary>The service takes too long.</summary>
    public static DiagnosticMessage JobTimedOut(string job, double seconds, string words) => Make("PLAYCANVAS3002", job, seconds, words);

    /// <summary>A job without a result.</summary>
    public static DiagnosticMessage JobWithoutResult(string job, string reason) => Make("PLAYCANVAS3003", job, reason);

    /// <summary>The outcome is unknown.</summary>
    public static DiagnosticMessage OutcomeUnknown(string what, IReadOnlyList<string> candidates, string words) => Make(
        "PLAYCANVAS3004", what, candidates.Count == 0 ? Text("NoCandidateAdvice") : Text("CandidateAdvice", string.Join(", ", candidates)), words);

    /// <summary>Published, but not primary.</summary>
    public static DiagnosticMessage PrimaryAppNotSet(string app, string words) => Make("PLAYCANVAS3005", app, words);

    /// <summary>The export is damaged.</summary>
    public static DiagnosticMessage ExportDamaged(string reason) => Make("PLAYCANVAS4001", reason);

    /// <summary>The export is unsafe.</summary>
    public static DiagnosticMessage ExportUnsafe(string reason) => Make("PLAYCANVAS4002", reason);

    /// <summary>The export would be too large.</summary>
    public static DiagnosticMessage ExportTooLarge(string reason) => Make("PLAYCANVAS4003", reason);

    /// <summary>The export is not a game.</summary>
    public static DiagnosticMessage ExportIncomplete(string problems) => Make("PLAYCANVAS4004", problems);

    /// <summary>Not what was asked for.</summary>
    public static DiagnosticMessage ExportMismatch(string reason) => Make("PLAYCANVAS4005", reason);

    /// <summary>An npm project instead of a game.</summary>
    public static DiagnosticMessage ExportIsSource() => Make("PLAYCANVAS4006");

    /// <summary>The folder is not ours.</summary>
    public static DiagnosticMessage FolderNotOurs(string folder, string reason) => Make("PLAYCANVAS4007", folder, reason);

    /// <summary>A file is in use.</summary>
    public static DiagnosticMessage FileInUse(string path, string words) => Make("PLAYCANVAS4008", path, words);

    /// <summary>Files cannot be written.</summary>
    public static DiagnosticMessage FileError(string words) => Make("PLAYCANVAS4009", words);

    /// <summary>No such export file.</summary>
    public static DiagnosticMessage ExportFileNotFound(string path) => Make("PLAYCANVAS4010", path);

    /// <summary>The export could not be downloaded.</summary>
    public static DiagnosticMessage DownloadFailed(string words) => Make("PLAYCANVAS4011", words);

    /// <summary>The installed game stays.</summary>
    public static DiagnosticMessage GameKept(string reason) => Make("PLAYCANVAS4012", reason);

    /// <summary>The export's files are not as the export says.</summary>
    public static DiagnosticMessage ExportInconsistent(string problems) => Make("PLAYCANVAS4014", problems);

    /// <summary>Another process holds a file for too long.</summary>
    public static DiagnosticMessage FileHeld(string path, double seconds) => Make("PLAYCANVAS4017", path, seconds);

    /// <summary>The same, and how to build without a game, or with one from elsewhere.</summary>
    public static DiagnosticMessage WithNoGameAdvice(DiagnosticMessage diagnostic) => WithAdvice(diagnostic, "NoGameAdvice");

    private static DiagnosticMessage WithAdvice(DiagnosticMessage diagnostic, string name) =>
        diagnostic with { Text = diagnostic.Text + " " + Text(name) };

    private static DiagnosticMessage Make(string code, params object[] arguments) => new(code, OneLine(Text(code, arguments)).TrimEnd());

    private static string Text(string name, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, Texts.GetString(name, CultureInfo.InvariantCulture)!, arguments);

    /// <summary>A value that a person or a server wrote may have several lines; a diagnostic has one.</summary>
    private static string OneLine(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}

using System.Reflection;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Games.Settings;

/// <summary>
/// The table of all options. Reading, validation, the body of a request, the parameters by which games are compared, and the names in errors come
/// from it. A test compares it with <c>build/</c> and with <c>docs/properties.md</c>. The limits of request fields are those of <c>POST apps</c> in
/// the PlayCanvas REST API.
/// </summary>
internal static class Options
{
    public static readonly Option ProjectId = new("ProjectId", OptionKind.Id) { Field = "project_id", Use = OptionUse.Both, IsCompared = true };

    public static readonly Option Branch = new("Branch", OptionKind.Text) { Field = "branch_id", ServerWord = "branch", Use = OptionUse.Both, IsCompared = true };

    public static readonly Option Scenes = new("Scenes", OptionKind.List) { Field = "scenes", ServerWord = "scene", Use = OptionUse.Both, IsCompared = true };

    public static readonly Option EngineVersion = new("EngineVersion", OptionKind.Text) { Field = "engine_version", Use = OptionUse.Both, IsCompared = true };

    public static readonly Option ScriptsConcatenate = new("ScriptsConcatenate", OptionKind.Switch)
    {
        Field = "scripts_concatenate",
        ServerWord = "concatenate",
        Use = OptionUse.Both,
        IsCompared = true,
    };

    public static readonly Option ScriptsMinify = new("ScriptsMinify", OptionKind.Switch) { Field = "scripts_minify", ServerWord = "minify", Use = OptionUse.Both, IsCompared = true };

    public static readonly Option ScriptsSourcemaps = new("ScriptsSourcemaps", OptionKind.Switch)
    {
        Field = "scripts_sourcemaps",
        ServerWord = "sourcemap",
        Use = OptionUse.Both,
        IsCompared = true,
    };

    public static readonly Option OptimizeSceneFormat = new("OptimizeSceneFormat", OptionKind.Switch)
    {
        Field = "optimize_scene_format",
        ServerWord = "scene_format",
        Use = OptionUse.Both,
        IsCompared = true,
    };

    public static readonly Option PreloadBundle = new("PreloadBundle", OptionKind.Switch)
    {
        Field = "preload_bundle",
        ServerWord = "preload",
        Use = OptionUse.Download,
        IsCompared = true,
    };

    public static readonly Option Format = new("Format", OptionKind.Choice)
    {
        Field = "format",
        Use = OptionUse.Download,
        IsCompared = true,
        Choices = [ExportFormat.Static, ExportFormat.Npm],
        Default = ExportFormat.Static,
    };

    public static readonly Option ExportFile = new("ExportFile", OptionKind.Text) { IsCompared = true };

    public static readonly Option AppName = new("AppName", OptionKind.Text) { Field = "name", Use = OptionUse.Both, IsCompared = true, Min = 1, Max = AppRequest.MaxName };

    public static readonly Option AppVersion = new("AppVersion", OptionKind.Text) { Field = "version", Use = OptionUse.Publish, Max = AppRequest.MaxVersion, IsAdapted = true };

    public static readonly Option AppDescription = new("AppDescription", OptionKind.Text) { Field = "description", Use = OptionUse.Publish, Max = AppRequest.MaxText };

    /// <summary>The limit depends on the mark of the publish, which the text must contain too.</summary>
    public static readonly Option ReleaseNotes = new("ReleaseNotes", OptionKind.Text) { Field = "release_notes", Use = OptionUse.Publish };

    /// <summary>As an attribute of an item, <c>Exclude</c> belongs to MSBuild, so this metadata must be written as an element.</summary>
    public static readonly Option Exclude = new("Exclude", OptionKind.List) { ChangesFiles = true };

    public static readonly Option KeepSourceMaps = new("KeepSourceMaps", OptionKind.Switch) { ChangesFiles = true, Default = "true" };

    public static readonly Option StoreDirectory = new("StoreDirectory", OptionKind.Text);

    public static readonly Option StoreDays = new("StoreDays", OptionKind.Number) { Min = 1, Max = 36_500, Default = "30" };

    public static readonly Option LockFile = new("LockFile", OptionKind.Switch) { Default = "true" };

    public static readonly Option LockFilePath = new("LockFilePath", OptionKind.Text);

    public static readonly Option LockedMode = new("LockedMode", OptionKind.Switch) { Default = "false" };

    public static readonly Option ExportSource = new("ExportSource", OptionKind.Text);

    public static readonly Option ResultFile = new("ResultFile", OptionKind.Text);

    public static readonly Option CiOutput = new("CiOutput", OptionKind.Switch) { Default = "true" };

    public static readonly Option SkipPublishedVersion = new("SkipPublishedVersion", OptionKind.Switch) { Default = "false" };

    public static readonly Option SetPrimaryApp = new("SetPrimaryApp", OptionKind.Switch) { Default = "false" };

    public static readonly Option AppId = new("AppId", OptionKind.Ids);

    public static readonly Option KeepApps = new("KeepApps", OptionKind.Number) { Min = 1 };

    public static readonly Option PublishId = new("PublishId", OptionKind.Text);

    public static readonly Option AcceptApp = new("AcceptApp", OptionKind.Text);

    public static readonly Option PublishAgain = new("PublishAgain", OptionKind.Switch) { Default = "false" };

    public static readonly Option Checkpoint = new("Checkpoint", OptionKind.Switch) { Default = "false" };

    /// <summary>The limit depends on the mark of the publish, which the text must contain too.</summary>
    public static readonly Option CheckpointDescription = new("CheckpointDescription", OptionKind.Text) { Min = 1 };

    public static readonly Option AcceptCheckpoint = new("AcceptCheckpoint", OptionKind.Text);

    public static readonly Option CheckpointAgain = new("CheckpointAgain", OptionKind.Switch) { Default = "false" };

    public static readonly Option PublishUnlocked = new("PublishUnlocked", OptionKind.Switch) { Default = "false" };

    /// <summary>Names or ids of branches, or <c>*</c>. By default, the main branch.</summary>
    public static readonly Option ArchiveBranches = new("ArchiveBranches", OptionKind.List);

    public static readonly Option ArchiveDirectory = new("ArchiveDirectory", OptionKind.Text) { Default = "artifacts/playcanvas-archives/" };

    public static readonly Option ArchiveSkipUnchanged = new("ArchiveSkipUnchanged", OptionKind.Switch) { Default = "false" };

    public static readonly Option DryRun = new("DryRun", OptionKind.Switch) { Default = "false" };

    public static readonly Option Publish = new("Publish", OptionKind.Switch) { HasProperty = false, Property = "Publish", Default = "true" };

    public static readonly Option ApiUrl = new("ApiUrl", OptionKind.Text) { Scope = OptionScope.Connection, Default = "https://playcanvas.com/api" };

    public static readonly Option AccessTokenVariable = new("AccessTokenVariable", OptionKind.Text) { Scope = OptionScope.Connection, Default = "PLAYCANVAS_ACCESS_TOKEN" };

    public static readonly Option AccessTokenFile = new("AccessTokenFile", OptionKind.Text) { Scope = OptionScope.Connection };

    /// <summary>The property belongs to the SDK: <c>dotnet user-secrets init</c> sets it.</summary>
    public static readonly Option UserSecretsId = new("UserSecretsId", OptionKind.Text) { Scope = OptionScope.Connection, Property = "UserSecretsId" };

    public static readonly Option RequestTimeout = new("RequestTimeout", OptionKind.Number) { Scope = OptionScope.Connection, Min = 1, Max = 86_400, Default = "100" };

    public static readonly Option JobTimeout = new("JobTimeout", OptionKind.Number) { Scope = OptionScope.Connection, Min = 1, Max = 86_400, Default = "1800" };

    public static readonly Option MaxRetries = new("MaxRetries", OptionKind.Number) { Scope = OptionScope.Connection, Max = 100, Default = "5" };

    public static readonly Option ListLimit = new("ListLimit", OptionKind.Number) { Scope = OptionScope.Project, Min = 1, Max = 100_000 };

    public static readonly Option ListSkip = new("ListSkip", OptionKind.Number) { Scope = OptionScope.Project };

    public static readonly Option ListSort = new("ListSort", OptionKind.Text) { Scope = OptionScope.Project };

    public static readonly Option ListOrder = new("ListOrder", OptionKind.Choice) { Scope = OptionScope.Project, Choices = ["1", "-1"] };

    public static readonly Option ListBuildType = new("ListBuildType", OptionKind.Choice) { Scope = OptionScope.Project, Choices = [BuildType.Publish, BuildType.Download] };

    public static readonly Option ListBuildStatus = new("ListBuildStatus", OptionKind.Choice)
    {
        Scope = OptionScope.Project,
        Choices = [JobStatus.Running, JobStatus.Complete, JobStatus.Error],
    };

    public static readonly Option ListBuildFormat = new("ListBuildFormat", OptionKind.Choice)
    {
        Scope = OptionScope.Project,
        Choices = [ExportFormat.App, ExportFormat.Static, ExportFormat.Npm, ExportFormat.WebLens],
    };

    public static readonly Option ListBuildBranch = new("ListBuildBranch", OptionKind.Text) { Scope = OptionScope.Project };

    public static readonly Option ListBuildActor = new("ListBuildActor", OptionKind.Id) { Scope = OptionScope.Project };

    public static readonly Option Enabled = new("Enabled", OptionKind.Switch) { Scope = OptionScope.Project, Default = "true" };

    public static readonly Option DownloadOnBuild = new("DownloadOnBuild", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option PublishOnPublish = new("PublishOnPublish", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option AllowTransitive = new("AllowTransitive", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option ServeGame = new("ServeGame", OptionKind.Switch) { Scope = OptionScope.Project, Default = "true" };

    public static readonly Option Update = new("Update", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option Verify = new("Verify", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option SizeReport = new("SizeReport", OptionKind.Switch) { Scope = OptionScope.Project, Default = "false" };

    public static readonly Option SizeReportDirectory = new("SizeReportDirectory", OptionKind.Text) { Scope = OptionScope.Project };

    public static readonly Option GamePath = new("GamePath", OptionKind.Text) { Scope = OptionScope.Project, Default = "game" };

    public static readonly Option DownloadDirectory = new("DownloadDirectory", OptionKind.Text) { Scope = OptionScope.Project };

    public static readonly Option KnownProperties = new("KnownProperties", OptionKind.List) { Scope = OptionScope.Project };

    /// <summary>All options, in the order of their rows.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [.. typeof(Options).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(Option)).Select(field => (Option)field.GetValue(null)!)];

    /// <summary>
    /// Returns the properties that a message of the server is about: the property whose field is named most specifically, or the properties that
    /// most requests are refused for when the message names no field.
    /// </summary>
    public static string PropertiesNamedIn(string serverMessage)
    {
        var named = All
            .Where(option => option.ServerWord is { } word && serverMessage.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            .OrderByDescending(option => option.ServerWord!.Length)
            .FirstOrDefault();
        return named?.Property ?? $"{ProjectId.Property}, {Scenes.Property} and {EngineVersion.Property}";
    }
}

using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that publish or download an app: the parameters that select what the app contains.</summary>
public abstract class PlayCanvasAppTask : PlayCanvasApiTask
{
    /// <summary>
    /// The name or id of the branch. An unknown branch is the error PLAYCANVAS1012, an ambiguous name PLAYCANVAS1013. Default: the main branch.
    /// </summary>
    public string? Branch { get; set; }

    /// <summary>
    /// The names or ids of the scenes, separated by semicolons; the first one is the start scene. <c>*</c> stands for all other scenes:
    /// <c>Main;*</c> means Main, then all others. An exact name takes precedence over an id. There is no default; the task reports PLAYCANVAS1003
    /// when it is not set, PLAYCANVAS1009 for an unknown scene, PLAYCANVAS1010 for an ambiguous name, and PLAYCANVAS1011 for <c>*</c> alone if the
    /// project has several scenes.
    /// </summary>
    public string? Scenes { get; set; }

    /// <summary>The name of the app, 1 to 1,000 characters. There is no default; any other length is the error PLAYCANVAS1014.</summary>
    public string? AppName { get; set; }

    /// <summary><c>true</c> or <c>false</c>: whether the scripts are concatenated into one file. If it is not set, the service decides.</summary>
    public string? ScriptsConcatenate { get; set; }

    /// <summary><c>true</c> or <c>false</c>: whether the scripts are minified. If it is not set, the service decides.</summary>
    public string? ScriptsMinify { get; set; }

    /// <summary>
    /// <c>true</c> or <c>false</c>: whether source maps are generated. <c>true</c> requires <see cref="ScriptsConcatenate"/> and
    /// <see cref="ScriptsMinify"/> to be <c>true</c>; otherwise the task reports PLAYCANVAS1018. If it is not set, the service decides.
    /// </summary>
    public string? ScriptsSourcemaps { get; set; }

    /// <summary><c>true</c> or <c>false</c>: whether scenes are written in their smaller format. If it is not set, the service decides.</summary>
    public string? OptimizeSceneFormat { get; set; }

    /// <summary>The version of the engine, such as <c>2.20.6</c>. If it is not set, the service decides.</summary>
    public string? EngineVersion { get; set; }

    /// <summary>
    /// Creates the request as far as it can be validated before anything is sent. The ids of the scenes and of the branch are not known yet.
    /// </summary>
    private protected virtual AppRequest MakeDraft()
    {
        if (Settings.List(Scenes).Count == 0)
            throw new DiagnosticException(Diagnostic.ScenesMissing());

        var draft = new AppRequest
        {
            ProjectId = RequiredProjectId,
            Name = Settings.Text(AppName) ?? "",
            ScriptsConcatenate = Settings.Switch("PlayCanvasScriptsConcatenate", ScriptsConcatenate),
            ScriptsMinify = Settings.Switch("PlayCanvasScriptsMinify", ScriptsMinify),
            ScriptsSourcemaps = Settings.Switch("PlayCanvasScriptsSourcemaps", ScriptsSourcemaps),
            OptimizeSceneFormat = Settings.Switch("PlayCanvasOptimizeSceneFormat", OptimizeSceneFormat),
            EngineVersion = Settings.Text(EngineVersion),
        };
        if (draft.Name.Length is 0 or > AppRequest.MaxNameLength)
            throw new DiagnosticException(Diagnostic.AppNameInvalid(draft.Name.Length, AppRequest.MaxNameLength));
        if (draft is { ScriptsSourcemaps: true } and not { ScriptsConcatenate: true, ScriptsMinify: true })
            throw new DiagnosticException(Diagnostic.SourcemapsNeedMinify());
        return draft;
    }

    /// <summary>Adds the ids of the branch and of the scenes, which it requests from the project.</summary>
    private protected AppRequest Complete(AppRequest draft, PlayCanvasClient client, CancellationToken cancellationToken) =>
        WithScenes(WithBranch(draft, client, cancellationToken), client, cancellationToken);

    private protected AppRequest WithBranch(AppRequest draft, PlayCanvasClient client, CancellationToken cancellationToken) => draft with
    {
        BranchId = Settings.Text(Branch) is { } branch
            ? ProjectSelection.BranchId(branch, client.ListBranches(draft.ProjectId, cancellationToken))
            : null,
    };

    private protected AppRequest WithScenes(AppRequest draft, PlayCanvasClient client, CancellationToken cancellationToken) => draft with
    {
        Scenes = ProjectSelection.Scenes(Settings.List(Scenes), client.ListScenes(draft.ProjectId, draft.BranchId, cancellationToken)),
    };
}

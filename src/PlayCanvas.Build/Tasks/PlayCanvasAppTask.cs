using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>What publishing an app and downloading one have in common: what goes into it.</summary>
public abstract class PlayCanvasAppTask : PlayCanvasApiTask
{
    /// <summary>Name or id of the branch. Default: the main branch.</summary>
    public string? Branch { get; set; }

    /// <summary>Names or ids of the scenes, separated by semicolons; the first starts. <c>Main;*</c> means Main, then all others.</summary>
    public string? Scenes { get; set; }

    /// <summary>The app's name, 1 to 1,000 characters.</summary>
    public string? AppName { get; set; }

    /// <summary>Whether scripts become one file; the service decides when it is not set.</summary>
    public string? ScriptsConcatenate { get; set; }

    /// <summary>Whether scripts are minified; the service decides when it is not set.</summary>
    public string? ScriptsMinify { get; set; }

    /// <summary>Whether source maps are made, which needs concatenated and minified scripts.</summary>
    public string? ScriptsSourcemaps { get; set; }

    /// <summary>Whether scenes are written in their smaller format; the service decides when it is not set.</summary>
    public string? OptimizeSceneFormat { get; set; }

    /// <summary>Release of the engine, such as <c>2.20.6</c>; the service decides when it is not set.</summary>
    public string? EngineVersion { get; set; }

    /// <summary>Everything that can be checked before anything is sent. Ids of scenes and branch are not known yet.</summary>
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
        if (draft.Name.Length is 0 or > AppRequest.LongestName)
            throw new DiagnosticException(Diagnostic.AppNameInvalid(draft.Name.Length, AppRequest.LongestName));
        if (draft is { ScriptsSourcemaps: true } and not { ScriptsConcatenate: true, ScriptsMinify: true })
            throw new DiagnosticException(Diagnostic.SourcemapsNeedMinify());
        return draft;
    }

    /// <summary>Asks the project for the ids of the branch and of the scenes.</summary>
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

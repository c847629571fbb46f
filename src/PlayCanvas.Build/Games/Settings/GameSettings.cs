using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Exclude;

namespace PlayCanvas.Build.Games.Settings;

/// <summary>What a project sets for one game, as a request and as the parameters by which games are compared.</summary>
internal sealed class GameSettings(OptionValues values)
{
    /// <exception cref="OptionException">The id is not set or invalid.</exception>
    public long ProjectId => values.RequiredId(Options.ProjectId);

    /// <summary>The name or the id of the branch; null for the main branch.</summary>
    public string? Branch => values.Text(Options.Branch);

    /// <summary>The zip file to install instead of an export; null when the project is exported.</summary>
    public string? ExportFile => values.Text(Options.ExportFile);

    /// <summary>True when the sources of the game are requested instead of a game that can be served.</summary>
    /// <exception cref="OptionException">The format is unknown.</exception>
    public bool IsSource => values.Choice(Options.Format) == ExportFormat.Npm;

    /// <summary>
    /// The parameters of the game, one per line, in a form that does not depend on how they are written: games with the same parameters are the
    /// same game.
    /// </summary>
    public string Parameters => string.Join("\n", Compared.Select(Line));

    /// <summary>The parameters of the game, and what is left out of it: what an up-to-date build compares.</summary>
    public string BuildParameters => string.Join("\n", [Parameters, .. Options.All.Where(option => option.ChangesFiles).Select(Line)]);

    /// <summary>What is left out of the game.</summary>
    /// <exception cref="OptionException">A pattern is invalid, or the project requests the sources of the game.</exception>
    public Exclusion Exclusion
    {
        get
        {
            // A command line has to escape the semicolons between patterns.
            var patterns = values.List(Options.Exclude).SelectMany(text => text.Split(';')).Select(text => text.Trim()).Where(text => text.Length > 0);
            var exclusion = new Exclusion([.. patterns.Select(ParsePattern)], values.IsOn(Options.KeepSourceMaps));
            if (IsSource && !exclusion.IsEmpty)
                throw new OptionException(exclusion.KeepsSourceMaps ? Options.Exclude : Options.KeepSourceMaps, ExportFormat.Npm, OptionFault.Unsupported);
            return exclusion;
        }
    }

    private static AssetPattern ParsePattern(string text) => AssetPattern.TryParse(text) ?? throw new OptionException(Options.Exclude, text);

    private string Line(Option option) => $"{option.Name}={values.Canonical(option)}";

    private IEnumerable<Option> Compared => ExportFile is null
        ? Options.All.Where(option => option.IsCompared && option != Options.ExportFile)
        : [Options.ExportFile, Options.Format];

    /// <summary>
    /// Creates the request as far as it can be validated before anything is sent. The ids of the scenes and of the branch are not known yet.
    /// </summary>
    /// <param name="use">What is requested.</param>
    /// <exception cref="OptionException">An option is missing or invalid.</exception>
    public AppRequest MakeDraft(OptionUse use)
    {
        if (values.List(Options.Scenes).Count == 0)
            throw new OptionException(Options.Scenes, "", OptionFault.Missing);

        var body = new JObject { [Options.ProjectId.Field!] = ProjectId, [Options.AppName.Field!] = values.RequiredText(Options.AppName) };
        foreach (var option in Options.All.Where(option => (option.Use & use) != 0 && !IsLookedUp(option)))
        {
            if (values.IsSet(option))
                body[option.Field!] = values.Json(option);
        }

        if (values.IsOn(Options.ScriptsSourcemaps) && !(values.IsOn(Options.ScriptsConcatenate) && values.IsOn(Options.ScriptsMinify)))
            throw new OptionException(Options.ScriptsSourcemaps, "true", OptionFault.Unsupported);
        return body.ToObject<AppRequest>()!;
    }

    /// <summary>Adds the ids of the branch and of the scenes, which are requested from the service.</summary>
    /// <exception cref="ApiException">A request failed.</exception>
    public AppRequest Complete(AppRequest draft, ProjectLists lists) => WithScenes(WithBranch(draft, lists), lists);

    /// <summary>Adds the id of the branch. The branches are requested only if the project names one.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public AppRequest WithBranch(AppRequest draft, ProjectLists lists) => draft with
    {
        BranchId = Branch is { } branch ? ProjectSelection.BranchId(branch, lists.Branches) : null,
    };

    /// <summary>Adds the ids of the scenes. The id of the branch must be known.</summary>
    /// <exception cref="ApiException">The request failed.</exception>
    public AppRequest WithScenes(AppRequest draft, ProjectLists lists) => draft with
    {
        Scenes = ProjectSelection.Scenes(values.List(Options.Scenes), lists.Scenes(draft.BranchId)),
    };

    private static bool IsLookedUp(Option option) => option == Options.Branch || option == Options.Scenes;
}

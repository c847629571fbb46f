using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Project;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>A game of the project: an item <c>PlayCanvasGame</c>, whose name is the game's path.</summary>
/// <param name="item">The item.</param>
/// <param name="connections">Items whose metadata take precedence for the connection to the service.</param>
/// <param name="projectFile">The full path of the project file.</param>
internal sealed class ProjectGame(ITaskItem item, IReadOnlyList<ITaskItem> connections, string projectFile)
{
    private const string StateDirectory = "StateDirectory";
    private const string DownloadDirectory = "DownloadDirectory";
    private const string OldDirectory = "OldDirectory";
    private const string ContentDirectory = "ContentDirectory";
    private const string BuildStartMetadata = "BuildStart";
    private const string LockFileMetadata = "DefaultLockFilePath";
    private const string SourceRevisionIdMetadata = "SourceRevisionId";
    private const string ContinuousIntegration = "ContinuousIntegration";

    /// <summary>The text of the parameters as the targets write it, which they compare in the next build.</summary>
    private const string ParametersMetadata = "Parameters";

    public ITaskItem Item => item;

    public string Path => item.ItemSpec;

    public OptionValues Values { get; } = new(new ItemOptions([item]));

    public GameSettings Settings => new(Values);

    /// <exception cref="OptionException">A setting is invalid.</exception>
    public ConnectionSettings Connection => ConnectionSettings.Read(new OptionValues(new ItemOptions([.. connections, item])));

    /// <summary>The full path of the game's folder in <c>obj/</c>, without a separator at the end.</summary>
    public string FullDirectory => System.IO.Path.Combine(FullStateDirectory, System.IO.Path.Combine(EntryPaths.WithoutDots(Path).Split('/')));

    /// <summary>The full path of the folder for the state of all games.</summary>
    public string FullStateDirectory => FullPathOf(Metadata(StateDirectory) ?? "obj/playcanvas/");

    /// <summary>The full path of the folder in which the game is mirrored; null for none.</summary>
    public string? FullMirrorDirectory => Metadata(DownloadDirectory) is { } directory
        ? System.IO.Path.Combine(FullPathOf(directory), System.IO.Path.Combine(EntryPaths.WithoutDots(Path).Split('/')))
        : null;

    /// <summary>The full path of the folder where an earlier version of this package would have installed the game; null for none.</summary>
    public string? FullOldDirectory => Metadata(OldDirectory) is { } directory ? FullPathOf(directory) : null;

    /// <summary>The content that the project uses; null when there is none.</summary>
    public GameContent? Content => Metadata(ContentDirectory) is { } directory ? ProjectFolder.TryOpenContent(FullPathOf(directory)) : new ProjectFolder(FullDirectory).Current;

    /// <summary>The full path of the lock file; null when the project does not name one.</summary>
    public string? FullLockFilePath => (Values.Text(Options.LockFilePath) ?? Metadata(LockFileMetadata)) is { } path ? FullPathOf(path) : null;

    /// <summary>The full path of the file for the results of the build; null for none.</summary>
    public string? FullResultPath => Values.Text(Options.ResultFile) is { } path ? FullPathOf(path) : null;

    /// <summary>Whether the project names that file itself.</summary>
    public bool NamesResultFile => Metadata(Options.ResultFile.Name) is not null;

    /// <summary>Whether this is a build of a CI service, which does not change files of the source tree.</summary>
    public bool IsContinuousIntegration => bool.TryParse(Metadata(ContinuousIntegration), out var isOn) && isOn;

    /// <summary>Whether the task only says what it would do.</summary>
    /// <exception cref="OptionException">The switch is neither true nor false.</exception>
    public bool IsDryRun => Values.IsOn(Options.DryRun);

    /// <summary>The commit of the project's sources, such as the hash of a Git commit; null when it is not known.</summary>
    public string? SourceRevisionId => Metadata(SourceRevisionIdMetadata);

    /// <summary>When the project was evaluated for this build (UTC); null when it is not known.</summary>
    public DateTimeOffset? BuildStart =>
        long.TryParse(Metadata(BuildStartMetadata), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The team's own store of exports; null for none.</summary>
    /// <exception cref="OptionException">The address is neither https nor on this machine.</exception>
    public TeamStore? TeamStore
    {
        get
        {
            if (Values.Text(Options.ExportSource) is not { } source)
                return null;

            var store = new TeamStore(source.Contains("://") ? source : FullPathOf(source));
            return store.IsValid ? store : throw new OptionException(Options.ExportSource, ConnectionSettings.WithoutSecrets(source, store.Address));
        }
    }

    /// <summary>The text of the parameters as the targets write it; by default, in the form in which the task itself compares them.</summary>
    public string BuildParameters => Metadata(ParametersMetadata)?.Replace("\r", "") ?? Settings.BuildParameters;

    /// <summary>Resolves a path from the project against the project's folder.</summary>
    public string FullPathOf(string path) => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(projectFile)!, path));

    private string? Metadata(string name) => OptionValues.Trimmed(item.GetMetadata(name));
}

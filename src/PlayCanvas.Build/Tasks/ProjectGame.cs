using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Folder;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>A game of the project: an item <c>PlayCanvasGame</c>, whose name is the game's path.</summary>
/// <param name="item">The item.</param>
/// <param name="connections">Items whose metadata take precedence for the connection to the service.</param>
/// <param name="projectFile">The full path of the project file.</param>
internal sealed class ProjectGame(ITaskItem item, IReadOnlyList<ITaskItem> connections, string projectFile)
{
    private const string GameDirectory = "GameDirectory";
    private const string DownloadDirectory = "DownloadDirectory";
    private const string StateDirectory = "StateDirectory";
    private const string SourceDirectory = "SourceDirectory";

    /// <summary>The text of the parameters as the targets write it, which they compare in the next build.</summary>
    private const string ParametersMetadata = "Parameters";

    public ITaskItem Item => item;

    public string Path => item.ItemSpec;

    public OptionValues Values { get; } = new(new ItemOptions([item]));

    public GameSettings Settings => new(Values);

    /// <exception cref="OptionException">A setting is invalid.</exception>
    public ConnectionSettings Connection => ConnectionSettings.Read(new OptionValues(new ItemOptions([.. connections, item])));

    /// <summary>The game's folder, relative to the project's folder or absolute.</summary>
    public string Directory => Metadata(GameDirectory) ?? System.IO.Path.Combine(Root ?? "", EntryPaths.WithoutDots(Path)).Replace('\\', '/');

    /// <summary>The full path of the game's folder, without a separator at the end.</summary>
    public string FullDirectory => FullPathOf(Directory).TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar);

    /// <summary>The full path of the folder for the state that the next build needs; null when the project names none.</summary>
    public string? FullStateDirectory => Metadata(StateDirectory) is { } directory ? FullPathOf(directory) : null;

    /// <summary>The text of the parameters as the targets write it; by default, in the form in which the task itself compares them.</summary>
    public string BuildParameters => Metadata(ParametersMetadata)?.Replace("\r", "") ?? Settings.Parameters;

    /// <summary>Sources are not served, so they are installed outside the web root.</summary>
    private string? Root => Settings.IsSource ? Metadata(SourceDirectory) ?? Metadata(DownloadDirectory) : Metadata(DownloadDirectory);

    /// <summary>Resolves a path from the project against the project's folder.</summary>
    public string FullPathOf(string path) => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(projectFile)!, path));

    private string? Metadata(string name) => OptionValues.Trimmed(item.GetMetadata(name));
}

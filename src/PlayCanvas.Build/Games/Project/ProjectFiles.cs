namespace PlayCanvas.Build.Games.Project;

/// <summary>
/// The names of the files that the package keeps for one game of a project, in <c>obj/playcanvas/&lt;game path&gt;/</c>. The targets in
/// <c>build/</c> contain some of them; a test compares them.
/// </summary>
internal static class ProjectFiles
{
    /// <summary>The record of the content in use, <see cref="GameInUse"/> as JSON.</summary>
    public const string GameInUse = "game.json";

    /// <summary>
    /// The text that an up-to-date build compares: the name of the content's folder, and what led to it. It is written last.
    /// </summary>
    public const string UpToDate = "game.uptodate.txt";

    /// <summary>What the result file says about the game in a build that finds it up to date: JSON.</summary>
    public const string UpToDateResult = "game.result.json";

    /// <summary>The file that a build holds while it works on the game.</summary>
    public const string Lock = "game.lock";

    /// <summary>The end of the name of a file that exists while this project waits for an export; its text is the parameters of the export.</summary>
    public const string RequestedExtension = ".requested.txt";

    /// <summary>The end of the name of a content's manifest; the name begins like that of the content's folder.</summary>
    public const string ManifestExtension = ".json";

    /// <summary>The end of the name of the list of a content's files, with one path on each line.</summary>
    public const string FileListExtension = ".files.txt";

    /// <summary>The end of the name of the folder with the exported files whose served form differs.</summary>
    public const string OriginalsExtension = ".originals";

    /// <summary>The end of the name of a folder that is not complete.</summary>
    public const string TemporaryExtension = ".tmp";
}

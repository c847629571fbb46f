namespace PlayCanvas.Build.Games.Folder;

/// <summary>
/// The names of the files in which the package keeps its state for one game. They begin with a dot, which keeps ASP.NET Core's file providers from
/// serving them. The targets in <c>build/</c> contain the same names; a test compares them.
/// </summary>
internal static class GameStateFiles
{
    /// <summary>The folder of the state, inside the game's folder.</summary>
    public const string Folder = ".playcanvas";

    /// <summary>The file beside the game that keeps it out of the repository. The only one outside <see cref="Folder"/>.</summary>
    public const string Ignore = ".gitignore";

    /// <summary>The record of what is installed, <c>GameManifest</c> as JSON. Its time is that of the last install or verification.</summary>
    public const string Manifest = ".manifest.json";

    /// <summary>The record of an install that has begun to change files, <c>InstallJournal</c> as JSON.</summary>
    public const string Journal = ".journal.json";

    /// <summary>The record of a requested export, <c>PendingExport</c> as JSON.</summary>
    public const string Pending = ".pending.json";

    /// <summary>The list of installed files for MSBuild, with one relative path on each line.</summary>
    public const string FileList = ".files.txt";

    /// <summary>The requested parameters, which MSBuild compares.</summary>
    public const string Parameters = ".parameters.txt";

    /// <summary>The time at which the export was created, from which its age is computed.</summary>
    public const string Exported = ".exported.txt";

    /// <summary>
    /// The problems of the installed game, one on each line. Exists only while there are any, so that MSBuild runs the task that reports them in
    /// each build.
    /// </summary>
    public const string Problems = ".problems.txt";

    /// <summary>The folder of downloaded and unpacked files that are not in their place yet.</summary>
    public const string Staging = "staging";

    /// <summary>The file of a whole export while it is downloaded.</summary>
    public const string Download = ".download.zip";

    /// <summary>The relative path of the project that owns the game.</summary>
    public const string Owner = ".owner.txt";

    /// <summary>The file that a build holds while it works on the game.</summary>
    public const string Lock = ".lock";
}

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What became of a game, of a publish, of a checkpoint or of an archive. Scripts read these words in items, in the result file and in the outputs of a CI step.</summary>
internal static class Outcome
{
    /// <summary>This build published a new version.</summary>
    public const string Published = "published";

    /// <summary>This build made an app that existed before the project's primary one.</summary>
    public const string Primary = "primary";

    /// <summary>This build made a checkpoint.</summary>
    public const string Created = "created";

    /// <summary>This build deleted apps.</summary>
    public const string Deleted = "deleted";

    /// <summary>Nothing was sent or moved: the app was there already, or the content was in the store.</summary>
    public const string Reused = "reused";

    /// <summary>This build installed a content that the machine did not have: from the service, from the team's store, or from a zip file.</summary>
    public const string Downloaded = "downloaded";

    /// <summary>This build saved the archive of a branch.</summary>
    public const string Archived = "archived";

    /// <summary>The project has the wanted content already, or the archive of a branch contains the branch's newest checkpoint.</summary>
    public const string UpToDate = "up-to-date";

    /// <summary>A dry run: nothing was changed.</summary>
    public const string Planned = "planned";

    /// <summary>The build failed at this game or branch. The content that was in use still is, and an older archive is still there.</summary>
    public const string Failed = "failed";
}

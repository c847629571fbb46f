namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What became of a game or of a publish. Scripts read these words in items, in the result file and in the outputs of a CI step.</summary>
internal static class Outcome
{
    /// <summary>This build published a new version.</summary>
    public const string Published = "published";

    /// <summary>This build made an app that existed before the project's primary one.</summary>
    public const string Primary = "primary";

    /// <summary>Nothing was sent or moved: the app was there already, or the content was in the store.</summary>
    public const string Reused = "reused";

    /// <summary>This build installed a content that the machine did not have: from the service, from the team's store, or from a zip file.</summary>
    public const string Downloaded = "downloaded";

    /// <summary>The project has the wanted content already.</summary>
    public const string UpToDate = "up-to-date";

    /// <summary>A dry run: nothing was changed.</summary>
    public const string Planned = "planned";

    /// <summary>The build failed at this game. The content that was in use still is.</summary>
    public const string Failed = "failed";
}

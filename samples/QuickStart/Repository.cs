namespace QuickStart;

/// <summary>The paths in this repository that the steps use.</summary>
internal sealed record Repository(string Root)
{
    public string Package => Path.Combine(Root, "src", "PlayCanvas.Build");

    public string Samples => Path.Combine(Root, "samples");

    public string Artifacts => Path.Combine(Root, "artifacts", "quickstart");

    public string Feed => Path.Combine(Artifacts, "feed");

    public string PackageCache => Path.Combine(Artifacts, "packages");

    /// <summary>The store of games; a user's own projects use the one in the user's local application data.</summary>
    public string Store => Path.Combine(Artifacts, "store");

    /// <summary>A copy of WebGame, as a developer has it.</summary>
    public string Checkout => Path.Combine(Artifacts, "checkout", "WebGame");

    /// <summary>Another copy of it, as a colleague or a CI agent has it.</summary>
    public string SecondCheckout => Path.Combine(Artifacts, "second-checkout", "WebGame");

    public string PublishedSite => Path.Combine(Artifacts, "site");

    public static Repository Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlayCanvas.Build.sln")))
            folder = folder.Parent;
        return new Repository(folder?.FullName ?? throw new StepFailedException("QuickStart must run from inside its repository, but the folder with PlayCanvas.Build.sln was not found."));
    }
}

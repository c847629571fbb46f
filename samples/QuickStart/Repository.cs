namespace QuickStart;

/// <summary>The paths in this repository that the steps use.</summary>
internal sealed record Repository(string Root)
{
    public string Package => Path.Combine(Root, "src", "PlayCanvas.Build");

    public string WebGame => Path.Combine(Root, "samples", "WebGame");

    public string Artifacts => Path.Combine(Root, "artifacts", "quickstart");

    public string Feed => Path.Combine(Artifacts, "feed");

    public string PackageCache => Path.Combine(Artifacts, "packages");

    public string PublishedSite => Path.Combine(Artifacts, "site");

    public static Repository Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlayCanvas.Build.sln")))
            folder = folder.Parent;
        return new Repository(folder?.FullName ?? throw new StepFailedException("QuickStart must run from inside its repository, but the folder with PlayCanvas.Build.sln was not found."));
    }
}

namespace Benchmarks;

/// <summary>The repository that these benchmarks were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Where the results are kept.</summary>
    public static string Results => Path.Combine(Root, "benchmarks");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "PlayCanvas.Build.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}

namespace Benchmarks;

/// <summary>The repository from which the benchmarks were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The folder of the results.</summary>
    public static string Results => Path.Combine(Root, "benchmarks");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "PlayCanvas.Build.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}

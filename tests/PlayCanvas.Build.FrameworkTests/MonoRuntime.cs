namespace PlayCanvas.Build.FrameworkTests;

/// <summary>The mono of this machine, which runs assemblies built for .NET Framework.</summary>
internal static class MonoRuntime
{
    /// <summary>The path of the program; null if mono is not installed or lacks the facade that assemblies for .NET Standard reference.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mono"))
        .FirstOrDefault(HasFacades);

    public const string WhyMissing = "mono with its facades is not installed (Debian: mono-devel)";

    private static bool HasFacades(string program) =>
        File.Exists(program) && File.Exists(Path.Combine(FolderOf(program), "..", "lib", "mono", "4.5", "Facades", "netstandard.dll"));

    /// <summary>The folder of the program itself, after links in the path have been resolved.</summary>
    private static string FolderOf(string program) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
}

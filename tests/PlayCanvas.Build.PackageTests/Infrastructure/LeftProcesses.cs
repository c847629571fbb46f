using System.Diagnostics;
using System.Globalization;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>The processes that a build leaves behind for the next one: build nodes and the build server.</summary>
internal static class LeftProcesses
{
    /// <summary>Returns the command lines of the processes whose environment contains this variable, which is unique to the build.</summary>
    public static IReadOnlyList<string> Find(string variable) => [.. Ids(variable).Select(id => Read(id, "cmdline").Replace('\0', ' '))];

    /// <summary>Kills these processes, each by its id, and waits until they have ended.</summary>
    public static void End(string variable)
    {
        foreach (var id in Ids(variable))
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
    }

    private static List<int> Ids(string variable) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let id = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)
           where Read(id, "environ").Split('\0').Contains(variable)
           select id,
    ];

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended in the meantime, or belongs to another user.
            return "";
        }
    }
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>What a terminal sends to the program that runs in it.</summary>
internal static class Signal
{
    private const int Interrupt = 2;
    private const string Status = "/proc/self/status";
    private const string IgnoredSignals = "SigIgn:";

    /// <summary>Whether the processes that this one starts are deaf to Ctrl+C: a shell has commands that it runs in the background ignore it.</summary>
    public static bool IsCtrlCIgnored =>
        File.Exists(Status) && File.ReadLines(Status).First(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal)) is var line
            && (Convert.ToUInt64(line[IgnoredSignals.Length..].Trim(), 16) & (1 << (Interrupt - 1))) != 0;

    /// <summary>Does what Ctrl+C does.</summary>
    public static void CtrlC(int processId)
    {
        if (Kill(processId, Interrupt) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>What a terminal sends to the program that runs in it.</summary>
internal static class Signal
{
    private const int Interrupt = 2;
    private const string Status = "/proc/self/status";
    private const ulong InterruptBit = 1UL << (Interrupt - 1);

    /// <summary>Whether the processes that this one starts are deaf to Ctrl+C: a shell has commands that it runs in the background ignore it.</summary>
    public static bool IsCtrlCIgnored => File.Exists(Status) && (IgnoredSignals() & InterruptBit) != 0;

    /// <summary>Does what Ctrl+C does.</summary>
    public static void CtrlC(int processId)
    {
        if (Kill(processId, Interrupt) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>A bit for each signal, as Linux tells it of this process.</summary>
    private static ulong IgnoredSignals()
    {
        var line = File.ReadLines(Status).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return Convert.ToUInt64(line.Split(':', StringSplitOptions.TrimEntries)[1], 16);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

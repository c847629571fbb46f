using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Sends the signals that a terminal sends to the program that runs in it.</summary>
internal static class Signal
{
    private const int Interrupt = 2;
    private const string Status = "/proc/self/status";
    private const ulong InterruptBit = 1UL << (Interrupt - 1);

    /// <summary>Whether processes started by this one ignore Ctrl+C. A shell makes commands that it runs in the background ignore it.</summary>
    public static bool IsCtrlCIgnored => File.Exists(Status) && (IgnoredSignals() & InterruptBit) != 0;

    /// <summary>Sends the signal that Ctrl+C sends.</summary>
    public static void CtrlC(int processId)
    {
        if (Kill(processId, Interrupt) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Returns the signals that this process ignores, one bit each, as Linux reports them.</summary>
    private static ulong IgnoredSignals()
    {
        var line = File.ReadLines(Status).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return Convert.ToUInt64(line.Split(':', StringSplitOptions.TrimEntries)[1], 16);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

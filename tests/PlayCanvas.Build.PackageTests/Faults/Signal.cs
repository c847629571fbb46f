using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>What a terminal sends to the program that runs in it.</summary>
internal static class Signal
{
    private const int Interrupt = 2;

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

using System.Runtime.InteropServices;

namespace PlayCanvas.Build.Files;

/// <summary>
/// Distinguishes errors that end when another program closes a file from permanent ones, such as a read-only file system or a full disk. The code
/// of an <see cref="IOException"/> is a Win32 error in an HRESULT on Windows (and under Mono), and the bare errno elsewhere.
/// </summary>
internal static class FileErrors
{
    private const int Win32 = unchecked((int)0x80070000);

    /// <summary>
    /// Sharing and lock violations, and EWOULDBLOCK of Linux and of macOS, which .NET reports when another process has locked the file with flock.
    /// </summary>
    private static readonly int[] Held = [Win32 | 32, Win32 | 33, 11, 35];

    /// <summary>
    /// Other errors for a file, or a file in a folder, that is still open. Windows: the folder is not empty, the file is being deleted, it cannot
    /// be replaced, or it is mapped into memory. Other systems: EBUSY and ETXTBSY.
    /// </summary>
    private static readonly int[] Busy = [Win32 | 145, Win32 | 303, Win32 | 1175, Win32 | 1176, Win32 | 1177, Win32 | 1224, 16, 26];

    /// <summary>Whether another process has the file open without sharing it.</summary>
    public static bool IsHeld(Exception error) => error is IOException && Held.Contains(error.HResult);

    /// <summary>Whether moving, replacing, deleting or opening a file may succeed once another program closes it.</summary>
    public static bool MayPass(Exception error) =>
        IsHeld(error)
        || (error is IOException && Busy.Contains(error.HResult))
        // Windows denies access to a file that it cannot replace or delete because a program has it open.
        || (error is UnauthorizedAccessException && RuntimeInformation.IsOSPlatform(OSPlatform.Windows));
}

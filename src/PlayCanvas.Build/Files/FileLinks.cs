using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace PlayCanvas.Build.Files;

/// <summary>Gives a file a second name without copying it, and keeps files from being changed by accident.</summary>
internal static class FileLinks
{
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>
    /// Creates a hard link to a file, or a copy with the same time where links are not possible: on another volume, or on a file system without
    /// them.
    /// </summary>
    /// <param name="existing">The full path of the file.</param>
    /// <param name="path">The full path of the new name, which must not exist.</param>
    /// <exception cref="IOException">The file can be neither linked nor copied.</exception>
    public static void LinkOrCopy(string existing, string path)
    {
        if (!TryLink(existing, path))
            File.Copy(existing, path);
    }

    /// <summary>
    /// Makes a file read-only for its owner. On Windows, the attribute would also keep <c>Directory.Delete</c> and PowerShell's
    /// <c>Remove-Item</c> from deleting a folder with the file, so it is not set there.
    /// </summary>
    public static void MakeReadOnly(string path)
    {
        if (!IsWindows)
            File.SetAttributes(path, FileAttributes.ReadOnly);
    }

    /// <summary>Creates a folder that only its owner can read: on Windows, a folder in the user's profile inherits this.</summary>
    public static void CreatePrivateFolder(string path)
    {
        if (Directory.Exists(path))
            return;

        Directory.CreateDirectory(path);
        if (!IsWindows)
            _ = ChangeMode(path, OwnerOnly);
    }

    private const int OwnerOnly = 0x1C0;

    [SuppressMessage("Design", "CA1031", Justification = "Without the native function there are no links, and the file is copied.")]
    private static bool TryLink(string existing, string path)
    {
        try
        {
            return IsWindows ? CreateHardLink(path, existing, IntPtr.Zero) : Link(existing, path) == 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode, SetLastError = true, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string path, string existing, IntPtr reserved);

    // Outside Windows, .NET and Mono pass these strings as UTF-8.
    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(string existing, string path);

    [DllImport("libc", EntryPoint = "chmod", CharSet = CharSet.Ansi, SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(string path, int mode);
}

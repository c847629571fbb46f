using System.Globalization;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Finds the process that holds the lock on a file at this moment, and kills it while it holds the lock (Linux).</summary>
internal sealed partial class FileHolder
{
    private const int Kill = 9;
    private const int Continue = 18;
    private const int Stop = 19;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private readonly string inode;

    private FileHolder(string inode) => this.inode = inode;

    public static async Task<FileHolder> OfAsync(string path) =>
        new((await Cli.Wrap("stat").WithArguments(["--format=%i", path]).ExecuteBufferedAsync()).StandardOutput.Trim());

    /// <summary>Kills the first of these processes that is found holding the file, and returns its id.</summary>
    public async Task<int> KillAsync(IReadOnlyList<int> processes, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (processes.FirstOrDefault(Holds) is > 0 and var process)
            {
                // The process may have released the file before it stopped.
                Send(process, Stop);
                if (Holds(process))
                {
                    Send(process, Kill);
                    return process;
                }

                Send(process, Continue);
            }

            await Task.Delay(Glance, cancellationToken);
        }
    }

    private bool Holds(int process) => File.ReadLines("/proc/locks")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(fields => fields[1] == "FLOCK" && fields[4] == process.ToString(CultureInfo.InvariantCulture) && fields[5].EndsWith(":" + inode, StringComparison.Ordinal));

    private static void Send(int process, int signal) => Assert.That(SendSignal(process, signal), Is.Zero, $"signal {signal}");

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}

using NUnit.Framework;

[assembly: LevelOfParallelism(4)]

namespace PlayCanvas.Build.Tests;

/// <summary>
/// Puts the temporary files of the tests and of the sandboxes into memory: the package flushes files to the disk, which takes most of the time
/// of a test there. <c>TMPDIR</c> overrides this.
/// </summary>
[SetUpFixture]
public sealed class TestsSetUp
{
    private const string Memory = "/dev/shm";
    private const string Variable = "TMPDIR";

    /// <summary>More than all tests that run at the same time need. Containers often have only 64 MB.</summary>
    private const long MinFreeSpace = 1L << 30;

    [OneTimeSetUp]
    public void UseMemory()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= MinFreeSpace)
            Environment.SetEnvironmentVariable(Variable, Memory);
    }
}

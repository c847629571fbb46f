using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Locks for tests in which no other process holds the file, or holds it only briefly.</summary>
internal static class Locks
{
    public static FileLock Patient => new(new SystemClock(), Bounded.Limit, _ => { });

    public static void Claim(this GameFolder folder, string projectFile) => folder.Claim(projectFile, Patient, CancellationToken.None);
}

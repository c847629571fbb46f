using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Locks for tests in which no other process holds the file, or holds it only briefly.</summary>
internal static class Locks
{
    public static FileLock Patient => new(new SystemClock(), Bounded.Limit, _ => { });
}

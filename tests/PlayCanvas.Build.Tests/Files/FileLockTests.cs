using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Files;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FileLockTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(90);

    private readonly TemporaryFolder folder = new();
    private readonly FakeClock clock = new();
    private readonly List<TimeSpan> told = [];

    private string FilePath => folder.File("lock");

    public void Dispose() => folder.Dispose();

    [Test]
    public void AFreeFileIsHeldAtOnce()
    {
        using var held = Acquire();

        Assert.That(() => new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose(), Throws.InstanceOf<IOException>());
        Assert.That(clock.Waits, Is.Empty);
    }

    [Test]
    public void AFileCanBeHeldAgainAfterItWasReleased()
    {
        Acquire().Dispose();

        Assert.That(() => Acquire().Dispose(), Throws.Nothing);
    }

    [Test]
    public void TheSecondWaitsUntilTheFirstIsDone()
    {
        var first = Acquire();
        clock.Waiting = _ =>
        {
            if (clock.Waits.Count == 30)
                first.Dispose();
        };

        Acquire().Dispose();

        Assert.That(clock.Waits, Has.Count.EqualTo(30));
    }

    [Test]
    public void A_wait_is_told_after_a_second_and_then_again_and_again()
    {
        using var first = Acquire();

        Assert.That(() => Acquire(TimeSpan.FromSeconds(30)), Throws.TypeOf<FileHeldException>());

        Assert.That(told[0], Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(told.Zip(told.Skip(1), (one, next) => next - one), Has.All.LessThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(told[^1], Is.GreaterThan(TimeSpan.FromSeconds(29)));
    }

    [Test]
    public void AShortWaitIsNotTold()
    {
        using var first = Acquire();

        Assert.That(() => Acquire(TimeSpan.FromSeconds(1)), Throws.TypeOf<FileHeldException>());

        Assert.That(told, Is.Empty);
    }

    [Test]
    public void AFileThatStaysHeldIsAnErrorInTheEnd()
    {
        using var first = Acquire();
        var start = clock.UtcNow;

        Assert.That(
            () => Acquire(),
            Throws.TypeOf<FileHeldException>().With.Property("Path").EqualTo(FilePath).And.Property("Limit").EqualTo(Limit));
        Assert.That(clock.UtcNow - start, Is.EqualTo(Limit));
    }

    [Test]
    public void AWaitCanBeCancelled()
    {
        using var first = Acquire();
        using var cancellation = new CancellationTokenSource();
        clock.Waiting = _ => cancellation.Cancel();

        Assert.That(() => Acquire(Limit, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Waits, Has.Count.EqualTo(1));
    }

    [Test]
    public void AfterACancellationTheFileIsNotTaken() =>
        Assert.That(() => Acquire(Limit, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void AFolderThatDoesNotExistIsNotWaitedFor() => CheckNotWaitedFor<DirectoryNotFoundException>(folder.File("missing", "lock"));

    [Test]
    public void AFolderInThePlaceOfTheFileIsNotWaitedFor() => CheckNotWaitedFor<UnauthorizedAccessException>(folder.FullPath);

    [Test]
    public void APathThatIsTooLongIsNotWaitedFor() => CheckNotWaitedFor<PathTooLongException>(folder.File(new string('a', 300)));

    /// <summary>The file of a running program cannot be written, not even by root (ETXTBSY). This works on machines that do not allow mounts.</summary>
    [Test]
    [Platform("Linux")]
    public void AProgramThatRunsIsNotWaitedFor() => CheckNotWaitedFor<Exception>(Environment.ProcessPath!);

    [Test]
    public void AFileOnAReadOnlyFileSystemIsNotWaitedFor()
    {
        folder.Write("lock", "");
        using var mount = Mount.ReadOnly(folder.FullPath);

        CheckNotWaitedFor<IOException>(FilePath);
    }

    private void CheckNotWaitedFor<T>(string path)
        where T : Exception
    {
        clock.Waiting = _ => throw new InvalidOperationException("The lock waits.");

        Assert.That(
            () => Bounded.Run(() => new FileLock(clock, Limit, told.Add).Acquire(path, CancellationToken.None).Dispose()),
            Throws.InstanceOf<T>().And.Not.InstanceOf<InvalidOperationException>());
    }

    private FileStream Acquire() => Acquire(Limit);

    private FileStream Acquire(TimeSpan limit, CancellationToken cancellationToken = default) =>
        Bounded.Run(() => new FileLock(clock, limit, told.Add).Acquire(FilePath, cancellationToken));
}

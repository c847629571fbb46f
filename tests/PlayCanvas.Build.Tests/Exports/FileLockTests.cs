using NUnit.Framework;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Exports;

public sealed class FileLockTests : GameFixture
{
    [Test]
    public void AFreeLockIsTakenAtOnce()
    {
        using var held = Folder.Lock(CancellationToken.None);
        Assert.That(held, Is.Not.Null);
    }

    [Test]
    public void ALockCanBeTakenAgainOnceItIsGivenBack()
    {
        Folder.Lock(CancellationToken.None).Dispose();
        Assert.That(() => Folder.Lock(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token).Dispose(), Throws.Nothing);
    }

    [Test]
    public void WhoComesSecondWaitsUntilTheFirstIsDone()
    {
        var first = Folder.Lock(CancellationToken.None);
        var second = Task.Run(() => new GameFolder(Folder.FullPath).Lock(CancellationToken.None));
        Assert.That(second.Wait(TimeSpan.FromMilliseconds(120)), Is.False);

        first.Dispose();
        Assert.That(second.Wait(TimeSpan.FromSeconds(30)), Is.True);
        second.Result.Dispose();
    }

    [Test]
    public void WhoWaitsCanBeCancelled()
    {
        using var held = Folder.Lock(CancellationToken.None);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.That(() => new GameFolder(Folder.FullPath).Lock(cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void WhoIsCancelledBeforehandDoesNotTakeTheLock() =>
        Assert.That(() => Folder.Lock(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void AFolderThatIsNotThereIsNotWaitedFor() =>
        Assert.That(() => FileLock.Acquire(Root.File("missing/lock"), CancellationToken.None), Throws.TypeOf<DirectoryNotFoundException>());
}

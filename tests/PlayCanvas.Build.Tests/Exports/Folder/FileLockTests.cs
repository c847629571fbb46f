using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Tests.Exports.Folder;

public sealed class FileLockTests : GameFixture
{
    [Test]
    public void AFreeLockIsTakenAtOnce()
    {
        using var held = Folder.Lock(Nothing, CancellationToken.None);
        Assert.That(held, Is.Not.Null);
    }

    [Test]
    public void ALockCanBeTakenAgainOnceItIsGivenBack()
    {
        Folder.Lock(Nothing, CancellationToken.None).Dispose();
        Assert.That(() => Folder.Lock(Nothing, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token).Dispose(), Throws.Nothing);
    }

    [Test]
    public void WhoComesSecondWaitsUntilTheFirstIsDone()
    {
        var first = Folder.Lock(Nothing, CancellationToken.None);
        var second = Task.Run(() => new GameFolder(Folder.FullPath).Lock(Nothing, CancellationToken.None));
        Assert.That(second.Wait(TimeSpan.FromMilliseconds(120)), Is.False);

        first.Dispose();
        Assert.That(second.Wait(TimeSpan.FromSeconds(30)), Is.True);
        second.Result.Dispose();
    }

    [Test]
    public void WhoWaitsLongIsToldOnce()
    {
        var first = Folder.Lock(Nothing, CancellationToken.None);
        var told = 0;
        var second = Task.Run(() => new GameFolder(Folder.FullPath).Lock(
            () =>
            {
                told++;
                first.Dispose();
            },
            CancellationToken.None));

        Assert.That(second.Wait(TimeSpan.FromSeconds(30)), Is.True);
        second.Result.Dispose();
        Assert.That(told, Is.EqualTo(1));
    }

    [Test]
    public void WhoWaitsCanBeCancelled()
    {
        using var held = Folder.Lock(Nothing, CancellationToken.None);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.That(() => new GameFolder(Folder.FullPath).Lock(Nothing, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void WhoIsCancelledBeforehandDoesNotTakeTheLock() =>
        Assert.That(() => Folder.Lock(Nothing, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void AFolderThatIsNotThereIsNotWaitedFor() =>
        Assert.That(() => FileLock.Acquire(Root.File("missing/lock"), Nothing, CancellationToken.None), Throws.TypeOf<DirectoryNotFoundException>());

    private static void Nothing()
    {
    }
}

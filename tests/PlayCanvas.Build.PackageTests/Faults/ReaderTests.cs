using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests a site that serves its game while newer versions are installed. <c>UPDATES</c> sets the number of versions.</summary>
public sealed class ReaderTests : FaultFixture
{
    private static IEnumerable<TestCaseData> Updates => LongTests.Repeat("UPDATES", few: 2, all: 5);

    [TestCaseSource(nameof(Updates))]
    public async Task SeesTheOldGameOrTheNewOneDuringUpdates(int updates)
    {
        var project = Web().DownloadsOnBuild();
        (await project.RunAsync("restore")).AssertClean();
        var game = new GameReader(project.PathOf("obj/playcanvas/game"));
        await InstallAsync(0);

        using var stop = new CancellationTokenSource();
        var reading = ReadAsync(game.Load, stop.Token);
        for (var update = 1; update <= updates; update++)
            await InstallAsync(update);
        await stop.CancelAsync();
        await reading;

        Print($"{updates} updates: {game}");
        Assert.That(game.Faults, Is.Empty);
        Assert.That(game.VersionsMet, Has.Count.GreaterThan(1), "The reader must have read while versions changed.");

        async Task InstallAsync(int number)
        {
            var version = await MakeVersionAsync(number);
            game.Expect(version);
            (await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasDownloadApp", "-p:PlayCanvasUpdate=true")).AssertClean();
        }
    }

    private static Task ReadAsync(Action load, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            do
                load();
            while (!cancellationToken.IsCancellationRequested);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}

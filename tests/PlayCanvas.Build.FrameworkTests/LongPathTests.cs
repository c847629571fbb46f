namespace PlayCanvas.Build.FrameworkTests;

/// <summary>Tests paths longer than the 260 characters that .NET Framework used to allow. The limits of Windows itself are not tested here.</summary>
public sealed class LongPathTests : FrameworkFixture
{
    private protected override string ProjectFolder => Path.Combine([Folder, .. Enumerable.Repeat(new string('x', 100), 4)]);

    [Test]
    public async Task AGameIsInstalledUpdatedAndPublished()
    {
        await RunWellAsync(DownloadApp);
        Sandbox.World.ChangeGame(game => game.With("a name of some length.txt", "new"));

        var report = await RunWellAsync(DownloadApp, ("Update", "true"));
        await RunWellAsync(PublishApp);

        var files = report.Outputs["Files"].Select(file => file.ItemSpec).ToList();
        Assert.That(files, Has.All.Matches<string>(File.Exists).And.All.Length.GreaterThan(400));
        Assert.That(files, Has.Some.EndsWith("a name of some length.txt"));
    }
}

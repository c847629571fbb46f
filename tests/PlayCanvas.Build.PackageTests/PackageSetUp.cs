using PlayCanvas.Build.PackageTests.Infrastructure;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(3)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace PlayCanvas.Build.PackageTests;

/// <summary>Packs the package once for all tests.</summary>
[SetUpFixture]
public sealed class PackageSetUp
{
    [OneTimeSetUp]
    public Task Pack() => TestRun.StartAsync();

    [OneTimeTearDown]
    public void CleanUp() => TestRun.Current?.Dispose();
}

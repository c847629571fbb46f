namespace PlayCanvas.Build.FrameworkTests;

/// <summary>Skips all tests, with the reason, where they cannot run.</summary>
[SetUpFixture]
public sealed class MonoSetUp
{
    [OneTimeSetUp]
    public void CheckThatMonoIsInstalled()
    {
        if (MonoRuntime.Program is null)
            Assert.Ignore(MonoRuntime.WhyMissing);
    }
}

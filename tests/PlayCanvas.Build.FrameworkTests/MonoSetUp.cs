namespace PlayCanvas.Build.FrameworkTests;

/// <summary>Skips all tests, with a reason, if they cannot run on this machine.</summary>
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

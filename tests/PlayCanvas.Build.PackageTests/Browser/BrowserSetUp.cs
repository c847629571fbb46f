namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Shuts down the resources that the tests of this namespace share.</summary>
[SetUpFixture]
public sealed class BrowserSetUp
{
    [OneTimeTearDown]
    public async Task CleanUp()
    {
        try
        {
            await Chromium.StopAsync();
        }
        finally
        {
            await Workshop.CloseAsync(keepFolders: TestContext.CurrentContext.Result.FailCount > 0);
        }
    }
}

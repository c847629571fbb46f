using NUnit.Framework;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that no line of the log contains the token, even if the server repeats it.</summary>
[TestFixture]
public sealed class SecrecyTests : TaskFixture
{
    [TearDown]
    public void CheckThatTheTokenIsNowhere()
    {
        Assert.That(Engine.AllTexts, Is.Not.Empty.And.None.Contains(Token));
        foreach (var file in Directory.EnumerateFiles(Folder.FullPath, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file), Does.Not.Contain(Token), file);
    }

    [TestCase(400, "PLAYCANVAS2004")]
    [TestCase(401, "PLAYCANVAS2001")]
    [TestCase(403, "PLAYCANVAS2002")]
    [TestCase(404, "PLAYCANVAS2003")]
    [TestCase(500, "PLAYCANVAS2006")]
    public void InARefusalThatRepeatsIt(int status, string code)
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(status, $"Bearer {Token} is bad"), FaultScript.EveryCall);

        RunBadly(new PlayCanvasListApps { MaxRetries = "1" }, code);
    }

    [Test]
    public void InAPageThatRepeatsIt()
    {
        Sandbox.Faults.On("GET", "*/apps", Fault.Body($"<html><title>{Token}</title></html>", "text/html"));

        RunBadly(new PlayCanvasListApps(), "PLAYCANVAS2009");
    }

    [Test]
    public void InAJobsMessageThatRepeatsIt()
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error($"cannot use {Token}"));

        Assert.That(RunBadly(PublishTask(), "PLAYCANVAS3001"), Does.EndWith("cannot use ***"));
    }

    [Test]
    public void InAJobsMessageThatIsCutInIt([Values(4, 8, 12)] int rest)
    {
        Sandbox.Faults.NextJobs(JobOutcome.Error(new string('x', 300 - rest) + Token));

        Assert.That(RunBadly(PublishTask(), "PLAYCANVAS3001"), Does.EndWith("x***…"));
    }

    [Test]
    public void InAnAddressThatRepeatsIt()
    {
        EnvironmentVariables[TokenVariable] = Token + "/+=";
        Sandbox.Faults.On("GET", "*/apps", Fault.Status(400, $"/apps?access_token={Uri.EscapeDataString(Token + "/+=")} is bad"), FaultScript.EveryCall);

        Assert.That(RunBadly(new PlayCanvasListApps(), "PLAYCANVAS2004"), Does.EndWith("access_token=*** is bad"));
    }

    [Test]
    public void InAnAppThatIsCalledLikeIt()
    {
        Sandbox.World.AddApp(Token, Token);
        var task = new PlayCanvasListApps();

        RunWell(task);

        Assert.That(task.Apps.Select(app => app.GetMetadata("Name")), Has.Some.EqualTo("***"));
        Assert.That(task.Apps.SelectMany(app => app.MetadataNames.Cast<string>(), (app, name) => app.GetMetadata(name)), Has.None.Contains(Token));
    }

    [Test]
    public void InAPublishThatWentWrongOnTheWay()
    {
        Sandbox.Faults.On("POST", "/api/apps", Fault.LoseAnswer);

        RunWell(PublishTask());
    }

    [Test]
    public void InAGameThatWasDownloaded()
    {
        RunWell(DownloadTask());

        Assert.That(Sandbox.LeakedAuthorization, Is.False);
    }
}

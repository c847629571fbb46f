using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the target that saves whole branches.</summary>
public sealed class ArchiveTests : ConsumerFixture
{
    private const string ArchiveFolder = "artifacts/playcanvas-archives";

    [Test]
    public async Task ASiteIsPublishedWithoutTheArchivesInItsFolder()
    {
        var project = Web().WithGame();

        var result = await project.RunAsync("build", "-t:PlayCanvasArchiveProject", "-p:PlayCanvasArchiveBranches=*");

        result.AssertClean();
        Assert.That(result.Lines[^1], Does.Match("^Site -> 2 branches archived \\(.* kB\\) in artifacts/playcanvas-archives/$"));
        Assert.That(project.FilesIn(ArchiveFolder).Where(file => file != ".lock"), Has.Exactly(2).EndsWith(".zip").And.Exactly(2).EndsWith(".json").And.Exactly(4).Items);
        await project.PublishAsync("-o", "published");
        Assert.That(project.FilesIn("published"), Is.Not.Empty.And.None.Contains("playcanvas-archives"));
    }

    [Test]
    public async Task GivesTheArchivesOfAProjectWithSeveralFrameworksAsJson()
    {
        var project = Library().WithGame().ForFrameworks("net10.0;netstandard2.0").Set("LangVersion", "latest").Unset("ImplicitUsings").Set("PlayCanvasArchiveBranches", "development").Set("PlayCanvasArchiveDirectory", "../backups of the game/");
        (await project.RunAsync("restore")).AssertClean();

        var result = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasArchiveProject");

        result.AssertSucceeded();
        var item = JsonNode.Parse(result.StandardOutput)!["TargetResults"]!["PlayCanvasArchiveProject"]!["Items"]!.AsArray().Single()!;
        Assert.That((string?)item["Branch"], Is.EqualTo("development"));
        Assert.That((string?)item["BranchId"], Is.EqualTo(World.DevelopmentBranchId));
        Assert.That((string?)item["Outcome"], Is.EqualTo("archived"));
        Assert.That(new FileInfo((string)item["Identity"]!).Length, Is.EqualTo(long.Parse((string)item["Bytes"]!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(Path.GetDirectoryName((string)item["Identity"]!), Is.EqualTo(Path.Combine(Folder, "backups of the game")));
        Assert.That(File.Exists((string)item["DescriptionFile"]!), Is.True);
        Assert.That(Sandbox.Requests.Of("POST", "/api/projects/*/export"), Has.Count.EqualTo(1));
    }
}

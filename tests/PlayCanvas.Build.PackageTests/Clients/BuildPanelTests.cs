using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Clients;

/// <summary>Tests the requests of the Editor's build panel, which a script sends.</summary>
public sealed class BuildPanelTests : ClientFixture
{
    [Test]
    public async Task The_panel_publishes_downloads_filters_and_deletes()
    {
        var apps = Sandbox.World.Apps.Count;

        var answers = JsonNode.Parse(await RunAsync("build-panel.js", new Dictionary<string, string?>()))!;
        var publish = (int)answers["publish"]!["id"]!;
        var download = (int)answers["downloaded"]!["id"]!;
        var expected = new Dictionary<string, int[]>
        {
            ["type=publish"] = [publish],
            ["type=download"] = [download],
            ["status=complete"] = [download, publish],
            ["format=playcanvas"] = [publish],
            ["format=static"] = [download],
            ["format=web_lens"] = [],
            ["branch=main"] = [download, publish],
            [$"branch={World.MainBranchId}"] = [],
            [$"actor={answers["publish"]!["actor"]!["id"]}"] = [download, publish],
        };

        Assert.That(answers["publish"]!["settings"]!["scenes"]!.ToJsonString(), Is.EqualTo("""[{"id":2000001,"name":"Main"},{"id":2000002,"name":"Level 2"}]"""));
        Assert.That((string?)answers["publish"]!["artifacts"]![0]!["url"], Is.EqualTo((string?)answers["app"]!["url"]));
        Assert.That((string?)answers["downloaded"]!["artifacts"]![0]!["url"], Does.StartWith(Sandbox.StorageUrl.AbsoluteUri));
        Assert.That(answers["filtered"]!.AsObject().ToDictionary(filter => filter.Key, filter => filter.Value!.AsArray().GetValues<int>()), Is.EquivalentTo(expected));
        Assert.That((int)answers["project"]!["primary_app"]!, Is.EqualTo((int)answers["app"]!["id"]!));
        Assert.That((int)answers["primary"]!["id"]!, Is.EqualTo((int)answers["app"]!["id"]!));
        Assert.That((int)answers["deleted"]!["id"]!, Is.EqualTo(publish));
        Assert.That(answers["left"]!.AsArray().Select(build => (int)build!["id"]!), Is.EqualTo([download]));
        Assert.That(Sandbox.World.Apps, Has.Count.EqualTo(apps), "The app of the deleted publish must be gone.");
        Assert.That((string?)answers["checkpoint"]!["data"]!["id"], Is.EqualTo(Sandbox.World.Checkpoints[^1].Id));
        Assert.That(answers["limits"]!.AsObject().Select(limit => limit.Key), Is.EqualTo(["normal", "strict", "assets", "download"]));
    }
}

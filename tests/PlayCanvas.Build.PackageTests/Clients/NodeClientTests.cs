using System.IO.Compression;
using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Clients;

/// <summary>Tests <c>playcanvas-node</c>, a client for node.</summary>
public sealed class NodeClientTests : ClientFixture
{
    [SetUp]
    public void RequirePackages() => ClientsSetUp.RequirePackages();

    [Test]
    public async Task ItListsUploadsAndDownloads()
    {
        var uploaded = Path.Combine(Folder, "uploaded.js");
        await File.WriteAllTextAsync(uploaded, "// uploaded\n");
        var assets = Sandbox.World.GameOf(World.MainBranchId).Assets.Select(asset => asset.Name).ToList();

        // The client prints its own messages before the script prints the responses.
        var output = await RunAsync("node-client.js", new Dictionary<string, string?> { ["UPLOADED_FILE"] = uploaded });
        var answers = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;

        Assert.That(answers["apps"]!["result"]!.AsArray().Select(app => (string?)app!["version"]), Is.EqualTo(["1.1.0", "1.0.0"]));
        Assert.That((string?)answers["primaryApp"]!["version"], Is.EqualTo("1.1.0"));
        Assert.That(answers["scenes"]!.AsArray().Select(scene => (string?)scene!["name"]), Is.EqualTo(["Main", "Level 2"]));
        Assert.That(answers["branches"]!.AsArray().Select(branch => (string?)branch!["name"]), Is.EqualTo(["main", "development"]));
        Assert.That(answers["assets"]!.AsArray().Select(asset => (string?)asset!["name"]), Is.EquivalentTo(assets));
        Assert.That((string?)answers["job"]!["status"], Is.EqualTo("complete"));
        Assert.That(await EntriesOfAsync((string?)answers["job"]!["data"]!["download_url"]), Does.Contain("index.html"));
        Assert.That(Sandbox.Requests.Of("POST", $"/api/projects/{World.ProjectId}/export"), Has.Count.EqualTo(1));
        var game = Sandbox.World.GameOf(World.MainBranchId);
        Assert.That(game.Find("uploaded.js")!.Content!.ReadAllText(), Is.EqualTo("// uploaded\n"));
        Assert.That(game.Find("uploaded.js")!.Revision, Is.EqualTo(2), "The asset is created by the first call and updated by the second.");
        Assert.That(game.Find("uploaded.js")!.Parent, Is.EqualTo(game.Find("library")!.Id));
    }

    private static async Task<IEnumerable<string>> EntriesOfAsync(string? url)
    {
        using var client = new HttpClient();
        using var zip = new ZipArchive(new MemoryStream(await client.GetByteArrayAsync(url)));
        return zip.Entries.Select(entry => entry.FullName);
    }
}

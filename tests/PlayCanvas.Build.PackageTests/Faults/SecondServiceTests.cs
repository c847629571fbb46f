using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Tests that an app is published once when the response is lost, against a stand-in for the service that shares no code with the sandbox.
/// The tests are ignored if node is not installed.
/// </summary>
public sealed class SecondServiceTests : ConsumerFixture
{
    private static readonly string Script = Repository.PathOf("tests/PlayCanvas.Build.PackageTests/Faults/SecondService/service.js");

    [Test]
    public async Task ALostResponseNeverLeadsToASecondApp()
    {
        var project = Console().Set("PlayCanvasProjectId", "7").Set("PlayCanvasScenes", "Main").Set("PlayCanvasAppVersion", "1.0").Set("PlayCanvasRequestTimeout", "2");
        (await project.RunAsync("restore")).AssertClean();
        using (Assert.EnterMultipleScope())
        {
            foreach (var loss in new[] { "reset", "hang", "error", "empty", "page" })
                await AssertPublishesOnceAsync(project, loss, withColleague: false);
            await AssertPublishesOnceAsync(project, "reset", withColleague: true);
        }
    }

    private static async Task AssertPublishesOnceAsync(ConsumerProject project, string loss, bool withColleague)
    {
        using var service = StartNode(loss, withColleague);
        try
        {
            var api = $"http://127.0.0.1:{await service.StandardOutput.ReadLineAsync()}/api";

            var result = await project.RunAsync("msbuild", "-nologo", "-t:PlayCanvasPublishApp", $"-p:PlayCanvasApiUrl={api}");

            using var client = new HttpClient();
            var state = (await client.GetFromJsonAsync<JsonNode>($"{api}/state"))!;
            var ours = state["apps"]!.AsArray().Single(app => ((string)app!["release_notes"]!).StartsWith("PlayCanvas-Publish-Id: ", StringComparison.Ordinal))!;
            result.AssertClean();
            Assert.That((int)state["posts"]!, Is.EqualTo(1), loss);
            Assert.That(result.Output, Does.Contain($"as app {ours["id"]}"), loss);
        }
        finally
        {
            service.Kill();
        }
    }

    private static Process StartNode(string loss, bool withColleague)
    {
        var start = new ProcessStartInfo("node", [Script]) { RedirectStandardOutput = true };
        start.Environment["LOSS"] = loss;
        start.Environment["COLLEAGUE"] = withColleague ? "yes" : "";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("node is not installed");
            throw new UnreachableException();
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>The server side of a release: the new apps and their owners, the publish of a colleague, and the late actions of the server.</summary>
internal sealed class PublishWorld
{
    private const string ColleagueName = "colleague";

    private readonly SandboxServer sandbox;
    private readonly PublishScenario scenario;
    private readonly int appsBefore;
    private int? colleaguesApp;

    public PublishWorld(SandboxServer sandbox, PublishScenario scenario)
    {
        this.sandbox = sandbox;
        this.scenario = scenario;
        appsBefore = sandbox.World.Apps.Count;
        sandbox.World.AddAccount(ColleagueName);
    }

    public IReadOnlyList<App> OurApps => [.. NewApps.Where(app => app.Id != colleaguesApp)];

    private IEnumerable<App> NewApps => sandbox.World.Apps.Skip(appsBefore);

    /// <summary>Sets the faults of one build.</summary>
    public void Script(int build)
    {
        sandbox.Faults.Clear();
        if (scenario.Publishes[build].Fault is { } fault)
            sandbox.Faults.On("POST", PublishScenario.Path, fault);
        foreach (var (method, path, other, call) in scenario.OtherFaults[build])
            sandbox.Faults.On(method, path, call, other);
        if (scenario.HidesReleaseNotes)
            sandbox.Faults.On("GET", "*/apps", Fault.Rewrite(HideReleaseNotes), FaultScript.EveryCall);
    }

    /// <summary>Lets the colleague publish if the moment is theirs.</summary>
    public void Join(ColleagueMoment moment)
    {
        if (scenario.Colleague is not { } colleague || colleague.Moment != moment || colleaguesApp is not null)
            return;

        var app = sandbox.World.AddApp(PublishScenario.AppName, colleague.Version, branchId: colleague.BranchId);
        colleaguesApp = app.Id;
        sandbox.World.ChangeApp(app.Id, added => added with { ReleaseNotes = colleague.ReleaseNotes });
        sandbox.World.AddBuild(app, ColleagueName, colleague.Source, new JsonObject
        {
            ["name"] = PublishScenario.AppName,
            ["version"] = colleague.Version,
            ["scenes"] = new JsonArray(World.MainSceneId),
            ["release_notes"] = colleague.ReleaseNotes,
        });
    }

    /// <summary>Acts on a request whose client no longer waits for the response.</summary>
    public void ActOn(string body)
    {
        // The trailing slash selects the same route, but bypasses the faults.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{sandbox.ApiUrl}/apps/") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        using var client = new HttpClient();
        using var answer = client.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    private static void HideReleaseNotes(JsonObject page)
    {
        foreach (var app in page["result"]!.AsArray())
            app!["release_notes"] = null;
    }
}

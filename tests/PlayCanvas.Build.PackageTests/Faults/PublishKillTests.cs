using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Tests builds that are killed while they publish.</summary>
public sealed class PublishKillTests() : KillTests("publish", 2)
{
    private static readonly (PublishAnswer Answer, bool Builds)[] Servers =
        [(PublishAnswer.App, true), (PublishAnswer.Job, true), (PublishAnswer.Build, true), (PublishAnswer.App, false)];

    private string appVersion = "";

    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasPublishApp", $"-p:PlayCanvasAppVersion={appVersion}"];

    private protected override IReadOnlyList<Moment> Moments =>
    [
        new("asking", () => Sandbox.Requests.Count > 0),
        new("intending", () => Intent is not null),
        new("published", () => Publishes.Count > 0),
        new("waiting", () => Sandbox.Requests.SkipWhile(request => request.Method != "POST").Skip(1).Any()),
        new("done", () => Intent is null),
    ];

    private protected override int JobsOfTheRound => Sandbox.World.Apps.Count(app => app.Version == appVersion);

    private protected override bool IsDone => Intent is null && JobsOfTheRound > 0;

    private string? Intent => Directory.Exists(PublishIntents) ? Directory.EnumerateFiles(PublishIntents, "publish-*.json").FirstOrDefault() : null;

    private protected override ConsumerProject MakeProject() => Console().WithGame();

    private protected override Task PrepareAsync(int round)
    {
        appVersion = "1.0." + round.ToString(CultureInfo.InvariantCulture);
        (Sandbox.Options.PublishAnswer, Sandbox.Options.BuildsRoute) = Servers[round % Servers.Length];
        Sandbox.Requests.Clear();
        return Task.CompletedTask;
    }

    private protected override string FindState()
    {
        if (Intent is not { } intent)
            return "0 nothing";
        return File.ReadAllText(intent).Contains("\"AppId\":null,\"JobId\":null,\"BuildId\":null", StringComparison.Ordinal)
            ? "1 intent, answer unknown"
            : "2 app, job or build known";
    }

    private protected override IEnumerable<string> FindFaults() =>
        Sandbox.World.Apps.Any(app => app.Version == appVersion && app.CompletedAt is not null) ? [] : [$"{appVersion} is not published"];

    private protected override IReadOnlyList<string> FindLeftovers() =>
        [.. Directory.EnumerateFileSystemEntries(PublishIntents).Where(path => Path.GetExtension(path) != ".lock").Select(path => $"{path} is left")];
}

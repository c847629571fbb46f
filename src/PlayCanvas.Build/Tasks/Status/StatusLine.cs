using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Status;

namespace PlayCanvas.Build.Tasks.Status;

/// <summary>Formats the status of a game in one line, which the terminal logger shows as the result of the project.</summary>
internal static class StatusLine
{
    public static string Of(GameStatus status) =>
        string.Join(", ", new[] { Here(status), Live(status.Project), Newer(status) }.Where(fact => fact.Length > 0));

    private static string Here(GameStatus status)
    {
        if (status.Game.Content is not { } content)
            return $"{status.Game.Path} not installed";

        var facts = new[] { status.BranchName, content.Facts.EngineVersion is { } engine ? $"engine {engine}" : null, status.Game is { Entry: not null, IsLocked: false } ? "not the locked content" : null }
            .OfType<string>().ToList();
        return $"{status.Game.Path} {ContentId.Shorten(content.ContentId)}{(facts.Count == 0 ? "" : $" ({ApiJson.OneLine(string.Join(", ", facts))})")}";
    }

    private static string Live(ProjectStatus? project) => project switch
    {
        null => "",
        { HasApps: false } => "live and newer unknown",
        { Newest: null } => "no app",
        { Primary: null, Newest: var newest } => $"no primary app (newest {VersionOf(newest)})",
        { Primary: var primary, Newest: var newest } => $"live {VersionOf(primary)}{(newest.Id == primary.Id ? "" : $" (newest {VersionOf(newest)})")}",
    };

    private static string Newer(GameStatus status) => status.Newer switch
    {
        { Freshness: Freshness.Newest } => "up to date",
        { Freshness: Freshness.Older } newer => StatusText.CountOf(newer, "newer checkpoint"),
        { Freshness: Freshness.Elsewhere } when status.Branch is { } history => $"{(history.IsOfOtherBranch(status.Game) ? "not from" : "checkpoint not on")} {StatusText.NameOf(history.Branch)}",
        _ => "",
    };

    private static string VersionOf(App app) => ApiJson.OneLine(OptionValues.Trimmed(app.Version) ?? $"{app.Id}");
}

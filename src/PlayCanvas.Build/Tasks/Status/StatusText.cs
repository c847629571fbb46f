using System.Globalization;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Games.Status;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Status;

/// <summary>Formats the status of the games of one PlayCanvas project as a block of lines. A fact that is not known is left out.</summary>
/// <param name="width">The width of a line in columns.</param>
/// <param name="now">The current time (UTC).</param>
internal sealed class StatusText(int width, DateTimeOffset now)
{
    private const string NewestLabel = "newest";

    /// <summary>The most newer checkpoints that are shown.</summary>
    private const int MaxCheckpoints = 10;

    private static readonly IReadOnlyList<Column<Checkpoint>> CheckpointColumns =
    [
        new("", checkpoint => ShortId(checkpoint.Id)),
        Column.Time<Checkpoint>("", checkpoint => checkpoint.CreatedAt),
        Column.Text<Checkpoint>("", checkpoint => checkpoint.User?.ToString()) with { Rank = 1 },
        Column.Text<Checkpoint>("", checkpoint => checkpoint.Description),
    ];

    /// <summary>Returns the lines about a project and its games.</summary>
    public IEnumerable<string> Describe(ProjectStatus? project, IReadOnlyList<GameStatus> games)
    {
        var text = new LabeledText(NewestLabel.Length, width);
        foreach (var game in games)
            text.Add("here", [.. Here(game)]);
        if (project is { HasApps: true })
            AddService(text, project, games);
        return text.Format().Prepend(project is null ? "No PlayCanvas project" : $"PlayCanvas project {project.ProjectId}");
    }

    private static void AddService(LabeledText text, ProjectStatus project, IReadOnlyList<GameStatus> games)
    {
        var (primary, newest) = (games[0].Primary, games[0].Newest);
        var isOne = primary?.App.Id == newest?.App.Id;
        text.Add("live", primary is not null ? [.. Describe(primary, isOne ? ", primary and newest" : ", primary")] : [newest is null ? "nothing is published" : "no primary app"]);
        if (newest is not null && !isOne)
            text.Add(NewestLabel, [.. Describe(newest, "")]);
        if (project.HidesBuilds)
            text.Add("builds", "not shown to this token; publishers and branches are unknown");
        foreach (var game in games.Where(_ => project.HasBranches))
            text.Add("newer", [.. Newer(game, project, games.Count > 1 ? $"{game.Game.Path}: " : "", text.Width)]);
    }

    private IEnumerable<string> Here(GameStatus status)
    {
        var game = status.Game;
        if (game.Content is { } content)
        {
            yield return $"{game.Path}: content {ShortId(content.ContentId)}{Amount(content.Facts.EngineVersion, content.Files.Count, content.TotalSize)}";
            yield return $"exported{Age(game.ExportedAt)}{After(" from ", status.BranchName)}, {Lock(game)}";
        }
        else
        {
            yield return $"{game.Path}: not installed";
            if (game.Entry is { } entry)
                yield return $"locked: content {ShortId(entry.Content)}{After(" from ", status.BranchName)}{Amount(entry.Engine, entry.Files, entry.Bytes)}";
        }

        if (status.CheckpointId is { } id)
            yield return $"checkpoint {Describe(status.Checkpoint ?? new Checkpoint { Id = id })}";
    }

    private string Age(DateTimeOffset? time) => time is { } then ? $" {Ages.Format(now - then)} ({Time(then)})" : "";

    private static string Lock(LocalGame game) => game switch
    {
        { IsLocked: true } => "locked",
        { IsLockFileUnreadable: true } => "the lock file cannot be read",
        { LockFile: null } => "without a lock file",
        { Entry: { } entry } => $"not the locked content, which is {ShortId(entry.Content)}",
        _ => $"not locked: {Path.GetFileName(game.LockFile)} has no entry for these settings",
    };

    private static IEnumerable<string> Describe(AppOrigin origin, string role)
    {
        var app = origin.App;
        var title = $"{After("", app.Version)}{Quoted(app.Name)}".TrimStart();
        var state = app.Status switch
        {
            JobStatus.Complete => "published",
            JobStatus.Running => "being published since",
            _ => "failed, requested",
        };
        return new[]
        {
            $"app {app.Id}{(title.Length == 0 ? "" : ": ")}{title}{role}",
            $"{state} {Time(origin.CreatedAt)}{After(" by ", origin.User)}{After(" from ", origin.Build?.Branch?.Name)}{After(" at ", ShortId(origin.CheckpointId))}",
            After("", app.Url),
        }.Where(line => line.Length > 0);
    }

    private static IEnumerable<string> Newer(GameStatus status, ProjectStatus project, string prefix, int width)
    {
        if (status.Branch is not { } history)
        {
            var among = project.HasMoreBranches ? $"the first {project.BranchCount} branches" : "the branches";
            return [$"{prefix}unknown: {(status.Game.Branch is { } wanted ? $"{ApiJson.OneLine(wanted)} is not among {among}" : $"none of {among} is marked as the main one")}"];
        }

        var (newer, branch) = (status.Newer, NameOf(history.Branch));
        return newer.Freshness switch
        {
            Freshness.Older => [$"{prefix}{CountOf(newer, "checkpoint")} on {branch}", .. Table.Format(CheckpointColumns, [.. newer.Checkpoints.Take(MaxCheckpoints)], width), .. Rest(newer)],
            Freshness.Newest => [$"{prefix}nothing on {branch}"],
            Freshness.Elsewhere => [$"{prefix}unknown: {(history.IsOfOtherBranch(status.Game) ? "the game that is here is not from" : "the checkpoint that is here is not on")} {branch}", .. NewestOf(history)],
            _ => [prefix + (status.Game is { Content: null, Entry: null } ? $"everything on {branch}" : "unknown: the game does not name its checkpoint"), .. NewestOf(history)],
        };
    }

    /// <summary>Returns the name of a branch, or else the beginning of its id.</summary>
    public static string NameOf(Branch branch) => ApiJson.OneLine(OptionValues.Trimmed(branch.Name) ?? ShortId(branch.Id) ?? "");

    /// <summary>Returns the number of newer checkpoints in words.</summary>
    /// <param name="newer">The checkpoints.</param>
    /// <param name="noun">What they are called, in the singular.</param>
    public static string CountOf(NewerCheckpoints newer, string noun) => (newer.Checkpoints.Count, newer.HasMore) switch
    {
        (0, true) => $"some {noun}s",
        (var count, true) => $"{count} or more {noun}s",
        (1, false) => $"1 {noun}",
        var (count, _) => $"{count} {noun}s",
    };

    private static IEnumerable<string> Rest(NewerCheckpoints newer)
    {
        var rest = newer.Checkpoints.Count - MaxCheckpoints;
        return rest > 0 ? [$"{ApiJson.Ellipsis} and {rest}{(newer.HasMore ? " or more" : "")} older ones"] : [];
    }

    private static IEnumerable<string> NewestOf(BranchHistory history) => history switch
    {
        { Checkpoints: { Count: > 0 } checkpoints } => [$"newest: {Describe(checkpoints[0])}"],
        { Branch.LatestCheckpointId: { } id } => [$"newest: {ShortId(id)}"],
        { HasMore: false } => ["the branch has no checkpoints"],
        _ => [],
    };

    private static string Describe(Checkpoint checkpoint)
    {
        var facts = new[] { checkpoint.User?.ToString(), Time(checkpoint.CreatedAt) }.Where(fact => !string.IsNullOrEmpty(fact)).ToList();
        return $"{ShortId(checkpoint.Id)}{Quoted(checkpoint.Description)}{(facts.Count == 0 ? "" : $" ({ApiJson.OneLine(string.Join(", ", facts))})")}";
    }

    private static string Amount(string? engine, int files, long bytes) =>
        $"{After(", engine ", engine)}, {(files == 1 ? "1 file" : $"{files:N0} files")}, {Sizes.Format(bytes)}";

    private static string? ShortId(string? id) => id is null ? null : ContentId.Shorten(id);

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Returns a fact of the service in one line after some words; an empty text when it is not known.</summary>
    private static string After(string words, string? fact) => OptionValues.Trimmed(fact) is { } known ? words + ApiJson.OneLine(known) : "";

    private static string Quoted(string? text) => OptionValues.Trimmed(text) is { } known ? $" \"{TextWidth.Shorten(ApiJson.OneLine(known), 60)}\"" : "";
}

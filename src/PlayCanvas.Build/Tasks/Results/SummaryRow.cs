using System.Text;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Sizing;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>Formats a result as a row of a table in Markdown.</summary>
internal static class SummaryRow
{
    public static string Format(BuildResult result)
    {
        var (what, details) = result switch
        {
            PublishResult publish => (What(publish), Details(publish)),
            GameResult game => (What(game), Details(game)),
            ArchiveResult archive => (What(archive), Details(archive)),
            DeletionResult deletion => (deletion.Outcome, Deletions(deletion.Outcome, deletion.Deleted)),
            _ => (result.Outcome, [.. Origin(result)]),
        };
        return $"| {Escape(result.Project)} | {Escape(result.Path)} | {what} | {string.Join("; ", [.. details, .. Codes(result)])}{SizesOf(result)} |";
    }

    private static string What(PublishResult publish)
    {
        var title = Escape($"{publish.App?.Name} {publish.App?.Version}".Trim());
        return publish.App?.Url is { } url ? $"{publish.Outcome} [{title}](<{Uri.EscapeUriString(url)}>)" : $"{publish.Outcome} {title}".TrimEnd();
    }

    private static string What(GameResult game) =>
        $"{game.Outcome} {(game.ContentId is { } id ? $"`{ContentId.Shorten(id)}`" : "")}".TrimEnd();

    private static string What(ArchiveResult archive) => archive.File is { } file ? $"{archive.Outcome} {Escape(Path.GetFileName(file))}" : archive.Outcome;

    private static IReadOnlyList<string> Details(PublishResult publish) =>
    [
        .. publish.App?.Id is { } id ? new[] { $"app {id}{(publish.IsPrimary ? ", the primary app" : "")}" } : [],
        .. publish.PreviousApp is { } previous ? new[] { $"before: app {previous.Id} {Escape(previous.Version ?? "")}".TrimEnd() } : [],
        .. Deletions(publish.Outcome, publish.Deleted ?? []),
        .. Origin(publish),
    ];

    private static IReadOnlyList<string> Deletions(string outcome, IReadOnlyList<PublishedApp> deleted) => deleted.Count == 0 ? [] :
    [
        $"{(outcome == Outcome.Planned ? "to delete" : "deleted")}: {string.Join(", ", deleted.Select(app => $"app {app.Id} {Escape(app.Version ?? "")}".TrimEnd()))}",
    ];

    private static IReadOnlyList<string> Details(GameResult game) => game.ContentId is null ? [] :
    [
        .. game.Outcome == Outcome.Failed ? [] : new[]
        {
            $"{game.Added} added, {game.Changed} changed, {game.Removed} removed",
            $"{Sizes.Format(game.Moved)} downloaded",
        },
        $"{Sizes.Format(game.Bytes)}{Growth(game.Bytes, game.PreviousBytes)} in {game.Files} files",
        .. game.Engine is { } engine ? new[] { $"engine {Escape(engine)}" } : [],
        .. Origin(game),
    ];

    private static IReadOnlyList<string> Details(ArchiveResult archive) =>
    [
        .. archive.Bytes is { } bytes ? new[] { $"{Sizes.Format(bytes)} in {archive.Entries} files" } : [],
        .. Origin(archive),
    ];

    private static string Growth(long bytes, long? previous) => previous is not { } before || before == bytes
        ? ""
        : $" ({(bytes > before ? "+" : "−")}{Sizes.Format(Math.Abs(bytes - before))})";

    /// <summary>Returns the size until the first frame and those of the groups, in their own lines.</summary>
    private static string SizesOf(BuildResult result)
    {
        if (result is not GameResult { SizesOfParts: { } sizes })
            return "";

        var groups = SizeGroup.All.Where(group => Bytes(sizes.Groups, group) + Bytes(sizes.PreviousGroups, group) > 0)
            .Select(group => Line(group, Bytes(sizes.Groups, group), sizes.PreviousGroups is null ? null : Bytes(sizes.PreviousGroups, group)));
        return $"<br>{Line("until the first frame", sizes.Initial, sizes.PreviousInitial)}<br>{string.Join(", ", groups)}";

        static string Line(string name, long bytes, long? before) => $"{name} {Sizes.Format(bytes)}{Growth(bytes, before)}";
        static long Bytes(IReadOnlyDictionary<string, long>? groups, string name) => groups is not null && groups.TryGetValue(name, out var bytes) ? bytes : 0;
    }

    private static IEnumerable<string> Origin(BuildResult result)
    {
        if ((result.Branch?.Name ?? result.Branch?.Id) is { } branch)
            yield return $"branch {Escape(branch)}";
        if (result.Checkpoint is { } checkpoint)
            yield return $"checkpoint {Escape(ContentId.Shorten(checkpoint))}";
    }

    private static IEnumerable<string> Codes(BuildResult result) => result.Errors.Concat(result.Warnings).Distinct();

    /// <summary>Escapes a text so that Markdown shows it unchanged, in one line.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsControl(character))
                escaped.Append(' ');
            else if (character < 128 && char.IsPunctuation(character) && character is not ('.' or ',' or '-' or '/' or ':'))
                escaped.Append('\\').Append(character);
            else if (character is '<' or '>' or '|' or '`' or '$' or '~' or '+' or '=' or '^')
                escaped.Append('\\').Append(character);
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }
}

using System.Text.RegularExpressions;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// The last line of an app's release notes, or of a checkpoint's description, by which the result of a request is recognized. It contains an id and a
/// digest of what is published, so that several publishes of one CI run, which share the id, can be distinguished. The release notes name the app's
/// checkpoint in the line before.
/// </summary>
internal static class PublishMark
{
    /// <summary>The maximum length of an id, in characters.</summary>
    public const int MaxIdLength = 100;

    private const string Prefix = "PlayCanvas-Publish-Id: ";

    private const string CheckpointPrefix = "PlayCanvas-Checkpoint: ";

    private const string Separator = "\n\n";

    /// <summary>The length for which the release notes have room, in characters: that of a UUID, and as much again.</summary>
    private const int MaxCheckpointId = 72;

    private static readonly Regex CheckpointAtEnd =
        new($@"{CheckpointPrefix}(\S+)(\s+{Prefix}\S+ \([0-9a-f]+\))?\s*$", RegexOptions.CultureInvariant);

    /// <summary>Whether an id consists of characters that the service, and programs that display release notes, leave unchanged.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= MaxIdLength && id.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or ':' or '/' or '-');

    /// <summary>Returns the mark of a request, as one line.</summary>
    /// <param name="id">The id of the publish: letters, digits and <c>. _ : / -</c>.</param>
    /// <param name="request">What is published.</param>
    public static string Of(string id, AppRequest request) => $"{Prefix}{id} ({IdentityOf(request)})";

    /// <summary>Returns a text with the lines for a checkpoint and for a mark at its end, as far as there are any.</summary>
    public static string? Append(string? text, string? checkpointId, string? mark)
    {
        var lines = string.Join("\n", new[] { checkpointId is null ? null : CheckpointPrefix + checkpointId, mark }.OfType<string>());
        if (lines.Length == 0)
            return text;
        return string.IsNullOrWhiteSpace(text) ? lines : text!.TrimEnd() + Separator + lines;
    }

    /// <summary>Returns the maximum length of a project's own text, in characters: the lines at its end need the rest.</summary>
    /// <param name="id">The id of the publish; null when the publish is not marked.</param>
    /// <param name="hasCheckpoint">Whether the text names a checkpoint.</param>
    public static int MaxLength(string? id, bool hasCheckpoint)
    {
        var longest = Append("", hasCheckpoint ? new string('0', MaxCheckpointId) : null, id is null ? null : Of(id, new AppRequest()))!;
        return longest.Length == 0 ? AppRequest.MaxText : AppRequest.MaxText - Separator.Length - longest.Length;
    }

    /// <summary>Whether a text contains the mark of any publish.</summary>
    public static bool IsInAny(string? text) => text?.IndexOf(Prefix, StringComparison.Ordinal) >= 0;

    /// <summary>
    /// Returns the id of the checkpoint that an app's release notes name at their end; null when they name none. Such a line in the project's own text, which
    /// may be that of an earlier release, does not count. The service may have changed the white space.
    /// </summary>
    public static string? CheckpointIn(string? releaseNotes) =>
        CheckpointAtEnd.Match(releaseNotes ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether a text contains a mark. The service may have changed the white space around it.</summary>
    public static bool IsIn(string? text, string? mark) => mark is not null && text?.IndexOf(mark, StringComparison.Ordinal) >= 0;

    /// <summary>Returns a digest of what distinguishes two publishes: project, branch, name, version and scenes.</summary>
    public static string IdentityOf(AppRequest request)
    {
        var identity = ApiJson.Write(new { request.ProjectId, request.BranchId, request.Name, request.Version, request.Scenes });
        return Sha256.Prefix(identity, 4);
    }
}

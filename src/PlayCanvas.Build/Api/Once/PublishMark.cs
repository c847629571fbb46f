using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// The line in an app's release notes by which a publish is recognized. It contains an id and a digest of what is published, so that several
/// publishes of one CI run, which share the id, can be distinguished.
/// </summary>
internal static class PublishMark
{
    /// <summary>The maximum length of an id, in characters.</summary>
    public const int MaxIdLength = 100;

    private const string Prefix = "PlayCanvas-Publish-Id: ";

    private const string Separator = "\n\n";

    /// <summary>Returns the mark of a request, as one line.</summary>
    /// <param name="id">The id of the publish: letters, digits and <c>. _ : / -</c>.</param>
    /// <param name="request">What is published.</param>
    public static string Of(string id, AppRequest request) => $"{Prefix}{id} ({IdentityOf(request)})";

    /// <summary>Returns the release notes with the mark at the end.</summary>
    public static string Append(string? releaseNotes, string mark) =>
        string.IsNullOrWhiteSpace(releaseNotes) ? mark : releaseNotes!.TrimEnd() + Separator + mark;

    /// <summary>Returns the maximum length of a project's own release notes, in characters: the mark needs the rest.</summary>
    /// <param name="id">The id of the publish; null when the publish is not marked.</param>
    public static int MaxReleaseNotes(string? id) =>
        id is null ? AppRequest.MaxText : AppRequest.MaxText - Separator.Length - Of(id, new AppRequest()).Length;

    /// <summary>Whether a text contains a mark. The service may have changed the white space around it.</summary>
    public static bool IsIn(string? text, string? mark) => mark is not null && text?.IndexOf(mark, StringComparison.Ordinal) >= 0;

    /// <summary>Returns a digest of what distinguishes two publishes: project, branch, name, version and scenes.</summary>
    public static string IdentityOf(AppRequest request)
    {
        var identity = ApiJson.Write(new { request.ProjectId, request.BranchId, request.Name, request.Version, request.Scenes });
        return Sha256.Prefix(identity, 4);
    }
}

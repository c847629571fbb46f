using System.Globalization;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// Compares the server's records with a request. A value that is missing, or has a shape that cannot be compared, is ignored: it never proves that
/// a record belongs to another request.
/// </summary>
/// <param name="intent">The request.</param>
/// <param name="branchId">Returns the id of the requested branch; null when it cannot be determined.</param>
internal sealed class RecordComparison(AppIntent intent, Func<string?> branchId)
{
    private const string ReleaseNotes = "release_notes";

    private readonly JObject asked = AskedFor(intent);

    public Likeness Of(BuildRecord build)
    {
        var settings = build.Settings as JObject;
        if (!IsNew(build))
            return Likeness.Different;
        if (PublishMark.IsIn(Text(settings?[ReleaseNotes]), intent.Mark))
            return Likeness.Marked;

        var likeness = Least([CompareSource(build), .. asked.Properties().Select(field => Compare(field, settings?[field.Name]))]);
        return likeness == Likeness.Different ? likeness : Least([likeness, CompareBranch(build.Branch?.Id)]);
    }

    public Likeness Of(App app)
    {
        if (app.Id <= intent.HighestAppId)
            return Likeness.Different;
        if (PublishMark.IsIn(app.ReleaseNotes, intent.Mark))
            return Likeness.Marked;

        // An app names neither its scenes nor its branch.
        return Least(
        [
            Likeness.Undecided,
            RecordedText.Compare(intent.Body.Name, app.Name),
            RecordedText.Compare(intent.Body.Version, app.Version),
            RecordedText.Compare(intent.Body.Description, app.Description),
            RecordedText.Compare(intent.Body.ReleaseNotes, app.ReleaseNotes),
        ]);
    }

    /// <summary>Whether a build was created after the request was sent: by its id, or by its time if the ids do not show it.</summary>
    private bool IsNew(BuildRecord build)
    {
        if (build.AppId <= intent.HighestAppId)
            return false;
        return intent.HighestBuildId is { } highest && build.NumericId is { } id
            ? id > highest
            : intent.MayHaveMade(build.CreatedAt);
    }

    private static Likeness Least(IEnumerable<Likeness> likenesses) => likenesses.Min();

    private static JObject AskedFor(AppIntent intent)
    {
        var asked = ApiJson.Read<JObject>(ApiJson.Write(intent.Body));
        asked.Remove("project_id");
        asked.Remove("branch_id");
        if (intent.Type == BuildType.Download && asked["format"] is null)
            asked["format"] = ExportFormat.Static;
        return asked;
    }

    private static Likeness Compare(JProperty field, JToken? recorded) => field.Name switch
    {
        "scenes" => CompareScenes((JArray)field.Value, recorded as JArray),
        // A version that was recorded as a number has lost digits: 1.0 became 1.
        "name" or "version" or "description" or ReleaseNotes => RecordedText.Compare(Text(field.Value), recorded?.Type == JTokenType.Float ? null : Text(recorded)),

        // The service may have replaced the requested value, so a different value does not prove that another request created the record.
        _ => Text(field.Value).Equals(Text(recorded), StringComparison.OrdinalIgnoreCase) ? Likeness.Same : Likeness.Undecided,
    };

    /// <summary>Different scenes belong to another request; the same scenes in another order may have been reordered by the service.</summary>
    private static Likeness CompareScenes(JArray asked, JArray? recorded)
    {
        var theirs = recorded?.Select(IdOf).ToList();
        if (theirs is null || theirs.Contains(""))
            return Likeness.Undecided;

        var ours = asked.Select(IdOf).ToList();
        if (ours.SequenceEqual(theirs))
            return Likeness.Same;
        return new HashSet<string>(ours).SetEquals(theirs) ? Likeness.Undecided : Likeness.Different;
    }

    /// <summary>Returns the id of a scene, which is a number, a string, or an object with an <c>id</c>; empty when it is none of these.</summary>
    private static string IdOf(JToken scene)
    {
        var id = Text(scene is JObject record ? record["id"] : scene);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? id : "";
    }

    private static string Text(JToken? value) => value is JValue ? Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture) ?? "" : "";

    /// <summary>The Editor uses the same route to publish, so a record may name the Editor as its source although a token was used.</summary>
    private static Likeness CompareSource(BuildRecord build) => build.Source?.Type is null or "api" ? Likeness.Same : Likeness.Undecided;

    private Likeness CompareBranch(string? recorded)
    {
        if (string.IsNullOrEmpty(recorded) || branchId() is not { } ours)
            return Likeness.Undecided;
        return string.Equals(ours, recorded, StringComparison.OrdinalIgnoreCase) ? Likeness.Same : Likeness.Different;
    }
}

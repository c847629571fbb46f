using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>What a project sets for the checkpoint of a release.</summary>
/// <param name="Release">The name and the version of the app. The checkpoint's mark contains a digest of them.</param>
/// <param name="Description">The description, without the mark.</param>
/// <param name="PublishId">The id that marks the checkpoint; null when it is not marked.</param>
internal sealed record CheckpointSettings(AppRequest Release, string Description, string? PublishId)
{
    /// <summary>The id of the checkpoint that is accepted as the result; null for none.</summary>
    public string? AcceptedId { get; private init; }

    /// <summary>Whether another checkpoint is made although an earlier request may have succeeded.</summary>
    public bool MakesAnother { get; private init; }

    /// <exception cref="OptionException">A setting is invalid.</exception>
    public static CheckpointSettings Read(ProjectGame game, string? version, string? publishId)
    {
        var values = game.Values;
        var release = new AppRequest { ProjectId = game.Settings.ProjectId, Name = values.RequiredText(Options.AppName), Version = version };
        var option = Options.CheckpointDescription with { Max = PublishMark.MaxLength(publishId, hasCheckpoint: false) };
        var description = values.Text(option) ?? Describe(release, values.Text(Options.ReleaseNotes), game.SourceRevisionId);
        return new CheckpointSettings(release, description, publishId)
        {
            AcceptedId = values.Text(Options.AcceptCheckpoint),
            MakesAnother = values.IsOn(Options.CheckpointAgain),
        };
    }

    /// <summary>Returns the default description, such as <c>Game 1.2.0: what is new (4f2a91c)</c>.</summary>
    private static string Describe(AppRequest release, string? releaseNotes, string? revision)
    {
        var title = $"{release.Name} {release.Version}".TrimEnd();
        var firstLine = ApiJson.OneLine((releaseNotes ?? "").TrimStart().Split('\n')[0]);
        return $"{title}{(firstLine.Length == 0 ? "" : $": {firstLine}")}{(revision is null ? "" : $" ({revision})")}";
    }
}

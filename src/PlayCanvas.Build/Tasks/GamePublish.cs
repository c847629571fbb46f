using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>A validated publish of one game.</summary>
/// <param name="Game">The game.</param>
/// <param name="Draft">The request, without the ids of the branch and of the scenes.</param>
/// <param name="Id">The id that marks the publish; null when it is not marked.</param>
/// <param name="Checkpoint">What the project sets for the checkpoint; null when none is made.</param>
internal sealed record GamePublish(ProjectGame Game, AppRequest Draft, string? Id, CheckpointSettings? Checkpoint)
{
    /// <summary>Validates the publish of a game.</summary>
    /// <param name="game">The game.</param>
    /// <param name="version">The version of the app; null for none.</param>
    /// <param name="id">The id that marks the publish; null when it is not marked.</param>
    /// <exception cref="OptionException">A setting is invalid.</exception>
    public static GamePublish Read(ProjectGame game, string? version, string? id)
    {
        _ = (game.Connection, game.Values.Number(Options.KeepApps));
        var draft = game.Settings.MakeDraft(OptionUse.Publish) with { Version = version };
        var checkpoint = game.Values.IsOn(Options.Checkpoint) ? CheckpointSettings.Read(game, version, id) : null;
        var notes = Options.ReleaseNotes with { Max = PublishMark.MaxLength(id, hasCheckpoint: checkpoint is not null) };
        _ = game.Values.Text(notes);
        return new GamePublish(game, draft, id, checkpoint);
    }

    public bool SkipsPublished { get; } = Game.Values.IsOn(Options.SkipPublishedVersion);

    public bool SetsPrimary { get; } = Game.Values.IsOn(Options.SetPrimaryApp);

    public bool PublishesAgain { get; } = Game.Values.IsOn(Options.PublishAgain);
}

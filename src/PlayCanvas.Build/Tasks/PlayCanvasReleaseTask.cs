using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that make the service create something once.</summary>
public abstract class PlayCanvasReleaseTask : PlayCanvasServiceTask
{
    /// <summary>The state folder in the user's local application data; replaced by tests.</summary>
    internal string? UserDirectory { get; set; } = IntentName.UserDirectory;

    /// <summary>Opens the file for the intent of a request. A dry run only reads it, and waits for no other build.</summary>
    /// <param name="game">The game.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="otherBuild">What is awaited, such as <c>another build that is publishing "Game"</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    internal IntentFile<TIntent> OpenIntents<TIntent>(ProjectGame game, IntentName name, string otherBuild, CancellationToken cancellationToken)
        where TIntent : RequestIntent
    {
        string[] directories = [.. new[] { UserDirectory, game.FullStateDirectory }.OfType<string>()];
        return game.IsDryRun
            ? IntentFile<TIntent>.OpenToRead(directories, name)
            : IntentFile<TIntent>.Open(directories, name, MakeLock(otherBuild, game.Connection.JobTimeout), cancellationToken);
    }

    /// <summary>Returns the id that marks what is created for a game; null when it is not marked.</summary>
    /// <exception cref="DiagnosticException">The project sets an id that cannot be used.</exception>
    internal string? PublishIdOf(ProjectGame game) => PublishIdSetting.Read(game.Values.Text(Options.PublishId), GetEnvironmentVariable);

    /// <summary>
    /// Returns the version of a game's app; null when there is none. Shortens the project's version to a form that the service accepts, and warns when
    /// only a digest distinguishes it from other versions.
    /// </summary>
    /// <exception cref="OptionException">The version that the project sets for the app is too long.</exception>
    internal string? VersionOf(ProjectGame game)
    {
        if (game.Values.Text(Options.AppVersion) is { } set)
            return set;
        if (game.Values.ProjectDefault(Options.AppVersion) is not { } version)
            return null;

        var form = ShortVersion.Of(version);
        if (form.HasDigest)
            LogWarning(Diagnostic.ProjectVersionTooLong(version, Options.AppVersion.Max, form.Text));
        return form.Text;
    }
}

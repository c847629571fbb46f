using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting;

/// <summary>The messages of this assembly.</summary>
internal static partial class Log
{
    /// <summary>The category of all messages.</summary>
    public const string Category = "PlayCanvas.Hosting";

    [LoggerMessage(1, LogLevel.Warning, "No PlayCanvas games were found in {Directory}. Build or publish the project with the package PlayCanvas.Build and a PlayCanvasGame; its output contains the file that names the games.")]
    public static partial void NoGames(ILogger logger, string directory);

    [LoggerMessage(2, LogLevel.Error, "The list of PlayCanvas games {File} could not be read. Build or publish the project again. {Reason}")]
    public static partial void IndexUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The manifest {File} of the PlayCanvas game at /{Path}/ could not be read, so its files are served uncompressed and without long-term caching. Build or publish the project again. {Reason}")]
    public static partial void ManifestUnreadable(ILogger logger, string file, string path, string reason);

    [LoggerMessage(4, LogLevel.Error, "The folder {Directory} of the PlayCanvas game at /{Path}/ does not exist. Build or publish the project again.")]
    public static partial void FolderMissing(ILogger logger, string directory, string path);

    [LoggerMessage(5, LogLevel.Warning, "The file {File} of a PlayCanvas game is not the published one, so it is served uncompressed and without long-term caching. Publish the project again.")]
    public static partial void FileReplaced(ILogger logger, string file);

    [LoggerMessage(6, LogLevel.Warning, "The file {File} of a PlayCanvas game does not exist. Build or publish the project again.")]
    public static partial void FileMissing(ILogger logger, string file);

    [LoggerMessage(7, LogLevel.Warning, "The site responded to {Path} with {Status} before the PlayCanvas game could. To serve the game, add app.UseRouting(); app.UseEndpoints(endpoints => endpoints.MapPlayCanvasGames()); before the middleware that responds, and after app.UsePathBase.")]
    public static partial void ForeignResponse(ILogger logger, string path, int status);

    [LoggerMessage(8, LogLevel.Warning, "The PlayCanvas game at /{Path}/ was added after the start. Start the site again to serve it.")]
    public static partial void GameAdded(ILogger logger, string path);
}

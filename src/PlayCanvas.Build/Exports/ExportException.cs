using System.Net;
using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Exports;

/// <summary>The files of a game, or an export, are invalid. Each kind of error has its own type; the text for the user is chosen elsewhere.</summary>
internal abstract class ExportException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The export is not a zip file, or a part of it is damaged.</summary>
internal sealed class ExportDamagedException(string reason, Exception? inner = null) : ExportException(reason, inner);

/// <summary>The zip contains an unsafe entry: a name that leads out of the folder, a link, or an encrypted entry.</summary>
internal sealed class ExportUnsafeException(string reason) : ExportException(reason);

/// <summary>The path of a file of the game would be too long for this system, in the folder where the game is installed.</summary>
internal sealed class ExportPathTooLongException(string path, Exception inner) : ExportException($"the path \"{path}\" is too long", inner);

/// <summary>The zip would unpack to more than any game contains.</summary>
internal sealed class ExportTooLargeException(string reason) : ExportException(reason);

/// <summary>The export is not a game: it has no page, no engine, or no readable <c>config.json</c>.</summary>
internal sealed class ExportIncompleteException(IReadOnlyList<string> problems) : ExportException(string.Join("; ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>
/// The export contradicts itself: <c>config.json</c> or the page names files that are missing, or a file differs from its hash. Such a game can
/// still be installed; this is thrown only if the project turns the warning into an error.
/// </summary>
internal sealed class ExportInconsistentException(IReadOnlyList<string> problems) : ExportException(string.Join("; ", problems));

/// <summary>The export contains other scenes, or another branch, than requested.</summary>
internal sealed class ExportMismatchException(string reason) : ExportException(reason);

/// <summary>The export is a Vite project, but a game that can be served was requested.</summary>
internal sealed class ExportIsSourceException() : ExportException("the export is an npm project");

/// <summary>The export could not be downloaded from its URL.</summary>
internal sealed class ExportDownloadException(Exception inner) : ExportException(inner.Message, inner)
{
    /// <summary>True when the server refused a range request; downloading the whole export may still succeed.</summary>
    public bool IsRangeRefused => InnerException is ApiResponseException { Status: HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.BadRequest };

    /// <summary>True when another request will not help, because the export is gone.</summary>
    public bool IsFinal => InnerException is ApiResponseException { Status: >= (HttpStatusCode)400 and < (HttpStatusCode)500 }
        and not ApiResponseException { Status: HttpStatusCode.RequestTimeout or (HttpStatusCode)429 };
}

/// <summary>
/// The server sent other parts than requested, or parts of another export. This is not reported: the whole export is downloaded instead.
/// </summary>
internal sealed class ExportChangedException() : Exception("The export changed while it was being downloaded.");

/// <summary>The export file does not exist.</summary>
internal sealed class ExportFileNotFoundException(string path) : ExportException(path)
{
    public string Path { get; } = path;
}

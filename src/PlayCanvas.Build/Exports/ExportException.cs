using System.Net;
using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Exports;

/// <summary>Something about a game's files that is not as it must be. Each kind has its own type; what to tell the user is decided elsewhere.</summary>
internal abstract class ExportException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The export is no zip, or a zip with a part that is broken.</summary>
internal sealed class ExportDamagedException(string reason, Exception? inner = null) : ExportException(reason, inner);

/// <summary>The zip holds what no export holds: a name that leads out of the folder, a link, an encrypted entry.</summary>
internal sealed class ExportUnsafeException(string reason) : ExportException(reason);

/// <summary>A file of the game would have a path that this system does not allow, in the folder where the game is to be.</summary>
internal sealed class ExportPathTooLongException(string path, Exception inner) : ExportException($"the path \"{path}\" is too long", inner);

/// <summary>The zip would unpack to more than any game is.</summary>
internal sealed class ExportTooLargeException(string reason) : ExportException(reason);

/// <summary>The export is not a game at all: it has no page, no engine, or no <c>config.json</c> that can be read.</summary>
internal sealed class ExportIncompleteException(IReadOnlyList<string> problems) : ExportException(string.Join("; ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>
/// The export says of its own files what is not so: <c>config.json</c> or the page names files that are missing, or a file differs from its hash. Such a
/// game can be installed all the same; this is thrown only where the user wants it to be an error.
/// </summary>
internal sealed class ExportInconsistentException(IReadOnlyList<string> problems) : ExportException(string.Join("; ", problems));

/// <summary>The export is of other scenes, or of another branch, than was asked for.</summary>
internal sealed class ExportMismatchException(string reason) : ExportException(reason);

/// <summary>A Vite project where a game that can be served is needed.</summary>
internal sealed class ExportIsSourceException() : ExportException("the export is an npm project");

/// <summary>The folder for the game holds files that this package did not put there, or belongs to another project.</summary>
internal sealed class FolderNotOursException(string folder, string reason) : ExportException($"{folder}: {reason}")
{
    public string Folder { get; } = folder;

    public string Reason { get; } = reason;
}

/// <summary>A file could not be replaced because some program holds it open.</summary>
internal sealed class FileInUseException(string path, Exception inner) : ExportException($"{path}: {inner.Message}", inner)
{
    public string Path { get; } = path;
}

/// <summary>The address of the export did not give it.</summary>
internal sealed class ExportDownloadException(Exception inner) : ExportException(inner.Message, inner)
{
    /// <summary>True when the server wants no part of it to be asked for: the whole may be there all the same.</summary>
    public bool IsRangeRefused => InnerException is ApiResponseException { Status: HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.BadRequest };

    /// <summary>True when asking again will not help: the export is gone.</summary>
    public bool IsFinal => InnerException is ApiResponseException { Status: >= (HttpStatusCode)400 and < (HttpStatusCode)500 }
        and not ApiResponseException { Status: HttpStatusCode.RequestTimeout or (HttpStatusCode)429 };
}

/// <summary>The server gives other parts than those that were asked for, or of another export. Nobody is told: the whole is fetched instead.</summary>
internal sealed class ExportChangedException() : Exception("The export changed while it was being downloaded.");

/// <summary>There is no such file to install from.</summary>
internal sealed class ExportFileNotFoundException(string path) : ExportException(path)
{
    public string Path { get; } = path;
}

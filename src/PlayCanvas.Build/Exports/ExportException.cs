using System.Net;
using PlayCanvas.Build.Api;

namespace PlayCanvas.Build.Exports;

/// <summary>Why an export was rejected. The text for the user is chosen elsewhere, by the fault.</summary>
internal enum ExportFault
{
    /// <summary>The export is not a zip file, or a part of it is damaged.</summary>
    Damaged,

    /// <summary>The zip contains an unsafe entry: a name that leads out of the folder, a link, or an encrypted entry.</summary>
    Unsafe,

    /// <summary>The path of a file of the game would be too long for this system, in the folder where the game is installed.</summary>
    PathTooLong,

    /// <summary>The zip would unpack to more than any game contains.</summary>
    TooLarge,

    /// <summary>The export is not a game: it has no page, no engine, or no readable <c>config.json</c>.</summary>
    Incomplete,

    /// <summary>
    /// The export contradicts itself: <c>config.json</c> or the page names files that are missing, or a file differs from its hash. Such a game can
    /// still be installed; this is an error only if the project turns the warning into one.
    /// </summary>
    Inconsistent,

    /// <summary>The export contains other scenes, or another branch, than requested.</summary>
    Mismatch,

    /// <summary>The export is a Vite project, but a game that can be served was requested.</summary>
    IsSource,

    /// <summary>The export is not the content that the lock file names.</summary>
    OtherContent,

    /// <summary>The export file does not exist. The message is its path.</summary>
    FileNotFound,
}

/// <summary>An export that cannot be installed. Requesting or reading the same export again would fail in the same way.</summary>
internal sealed class ExportException(ExportFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="fault">Why the export was rejected.</param>
    /// <param name="problems">What is wrong with it, each as a part of a sentence.</param>
    public ExportException(ExportFault fault, IEnumerable<string> problems)
        : this(fault, string.Join("; ", problems))
    {
    }

    public ExportFault Fault { get; } = fault;
}

/// <summary>The export could not be downloaded from its URL.</summary>
internal sealed class ExportDownloadException(Exception inner) : Exception(inner.Message, inner)
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

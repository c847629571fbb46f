using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>The builds that can meet a fault.</summary>
public enum BuildKind
{
    /// <summary>Downloads a game where there is none.</summary>
    FirstDownload,

    /// <summary>Asks for a newer game where there is one, and the project has changed.</summary>
    Update,

    /// <summary>Wants another game than the one that is there, because a parameter has changed.</summary>
    Rebuild,

    /// <summary>Publishes an app.</summary>
    Publish,

    /// <summary>Lists the apps.</summary>
    List,
}

/// <summary>A row of the table: what goes wrong, in which build, and how that build ends.</summary>
public sealed record FaultRow(string Fault, BuildKind Build, Action<SandboxServer> Script, Outcome Outcome)
{
    /// <summary>How the server differs from the usual one from its start.</summary>
    public Action<SandboxOptions> Server { get; init; } = _ => { };

    /// <summary>How the task differs from the usual one.</summary>
    public Action<PlayCanvasApiTask> Task { get; init; } = _ => { };

    /// <summary>As a test is called.</summary>
    public override string ToString() => $"{Build}: {Fault}";
}

/// <summary>How a build ends.</summary>
public sealed record Outcome
{
    /// <summary>The code of the error; null when there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The warning with which a game is installed whose files are not as its export says.</summary>
    public const string InconsistentCode = "PLAYCANVAS4014";

    /// <summary>The code of the warning; null when there is none. With any but <see cref="InconsistentCode"/>, the old game is kept.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether the build does what it is for.</summary>
    public bool IsDone => Error is null && Warning is null or InconsistentCode;

    /// <summary>Requests that the API gets.</summary>
    public int ApiRequests { get; init; }

    /// <summary>Requests that the storage gets. A range, since how an export is cut into parts is the download's own affair.</summary>
    public (int Least, int Most) StorageRequests { get; init; }

    /// <summary>The most seconds that are waited, by the build's clock.</summary>
    public double MostWaited { get; init; }

    /// <summary>Exports, or apps, that the server has been made to produce in the end, when a build without the fault has followed.</summary>
    public int Works { get; init; } = 1;
}

using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>The kinds of builds in which a fault can occur.</summary>
public enum BuildKind
{
    /// <summary>Downloads a game into a folder without one.</summary>
    FirstDownload,

    /// <summary>Requests a newer game if one is installed and the project has changed.</summary>
    Update,

    /// <summary>Needs a game that differs from the installed one because a parameter has changed.</summary>
    Rebuild,

    /// <summary>Publishes an app.</summary>
    Publish,

    /// <summary>Lists the apps.</summary>
    List,
}

/// <summary>A row of the table: the fault, the build in which it occurs, and the outcome of that build.</summary>
public sealed record FaultRow(string Fault, BuildKind Build, Action<SandboxServer> Script, Outcome Outcome)
{
    /// <summary>Configures the server before it starts.</summary>
    public Action<SandboxOptions> Server { get; init; } = _ => { };

    /// <summary>Configures the task.</summary>
    public Action<PlayCanvasServiceTask> Task { get; init; } = _ => { };

    /// <summary>The name of the test case.</summary>
    public override string ToString() => $"{Build}: {Fault}";
}

/// <summary>The expected outcome of a build.</summary>
public sealed record Outcome
{
    /// <summary>The code of the error; null if there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The warning with which a game is installed whose files do not match the description in its export.</summary>
    public const string InconsistentCode = "PLAYCANVAS4014";

    /// <summary>The code of the warning; null if there is none. With any warning except <see cref="InconsistentCode"/>, the old game is kept.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether the build achieves its purpose.</summary>
    public bool IsDone => Error is null && Warning is null or InconsistentCode;

    /// <summary>The number of requests to the API.</summary>
    public int ApiRequests { get; init; }

    /// <summary>The number of requests to the storage. A range, since it depends on how the download divides an export into parts.</summary>
    public (int Least, int Most) StorageRequests { get; init; }

    /// <summary>The maximum number of seconds that the build waits, by its clock.</summary>
    public double MostWaited { get; init; }

    /// <summary>The number of exports or apps that the server has produced after a build without the fault has followed.</summary>
    public int Works { get; init; } = 1;
}

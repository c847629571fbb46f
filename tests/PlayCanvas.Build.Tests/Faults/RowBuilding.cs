using PlayCanvas.Build.Tasks;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>Helpers with which rows are written.</summary>
internal static class RowBuilding
{
    public const string GetScenes = "GET /api/projects/*/scenes";
    public const string PostDownload = "POST /api/apps/download";
    public const string GetJob = "GET /api/jobs/*";
    public const string GetBuilds = "GET /api/projects/*/builds";
    public const string GetExport = "GET /exports/*";
    public const string PostApp = "POST /api/apps";
    public const string GetApp = "GET /api/apps/*";
    public const string GetApps = "GET /api/projects/*/apps";

    /// <summary>The requests of a download without faults: the scenes, the builds, the export, and its job before and after it is waited for.</summary>
    public const int Download = 5;

    /// <summary>The requests of a publish without faults: the scenes, the branches, the newest builds and apps, the publish, and the app.</summary>
    public const int Publishing = 6;

    /// <summary>The default number of retries.</summary>
    public const int Retries = 5;

    /// <summary>The maximum number of seconds that all retries together wait.</summary>
    public const double RetryPauses = 20;

    /// <summary>The number of polls of a job in half an hour, after which the build gives up.</summary>
    public const int LooksOfHalfAnHour = 74;

    public const double HalfAnHour = 1800;

    /// <summary>The number of requests to the storage for an export without faults.</summary>
    private static readonly (int Least, int Most) WholeExport = (1, 6);

    /// <summary>Returns the rows for a first download and for an update.</summary>
    public static IEnumerable<FaultRow> Downloads(string fault, Action<SandboxServer> script, Outcome outcome, Action<PlayCanvasServiceTask>? task = null, Action<SandboxOptions>? server = null) =>
        from build in Of(BuildKind.FirstDownload, BuildKind.Update)
        select Row(build, fault, script, outcome, task, server);

    public static FaultRow Row(BuildKind build, string fault, Action<SandboxServer> script, Outcome outcome, Action<PlayCanvasServiceTask>? task = null, Action<SandboxOptions>? server = null) =>
        new(fault, build, script, outcome)
        {
            Task = task ?? (_ => { }),
            Server = server ?? (_ => { }),
        };

    public static IEnumerable<T> Of<T>(params T[] values) => values;

    public static Action<SandboxServer> Once(string route, Fault fault) => On(route, 1, fault);

    public static Action<SandboxServer> Always(string route, Fault fault) => On(route, FaultScript.EveryCall, fault);

    public static Action<SandboxServer> On(string route, int call, Fault fault)
    {
        var parts = route.Split(' ');
        return server => server.Faults.On(parts[0], parts[1], call, fault);
    }

    /// <summary>Applies the fault to a number of calls of a route, starting with the first call or a later one.</summary>
    public static Action<SandboxServer> Times(int times, string route, Fault fault, int first = 1) =>
        Enumerable.Range(first, times).Select(call => On(route, call, fault)).Aggregate(Both);

    public static Action<SandboxServer> Both(Action<SandboxServer> first, Action<SandboxServer> second) => first + second;

    public static Action<SandboxServer> Jobs(params JobOutcome[] outcomes) => server => server.Faults.NextJobs(outcomes);

    public static Action<SandboxServer> Nothing => _ => { };

    public static Outcome Well(int api, double waits = 0) => new() { ApiRequests = api, StorageRequests = WholeExport, MostWaited = waits };

    public static Outcome Fails(string code, int api, double waits = 0) => new() { Error = Full(code), ApiRequests = api, MostWaited = waits };

    /// <summary>The game is installed with a warning.</summary>
    public static Outcome Warns(int api) => Well(api) with { Warning = Outcome.InconsistentCode };

    public static Outcome Keeps(int api, double waits = 0) => new() { Warning = Full("4012"), ApiRequests = api, MostWaited = waits };

    /// <summary>For publishes and lists, which do not download an export.</summary>
    public static Outcome WithoutExport(this Outcome outcome) => outcome with { StorageRequests = (0, 0) };

    public static Outcome Stored(this Outcome outcome, int least, int most) => outcome with { StorageRequests = (least, most) };

    public static Outcome InAll(this Outcome outcome, int works) => outcome with { Works = works };

    public static Action<PlayCanvasServiceTask> Impatient(int retries = 0) => task => (task.RequestTimeout, task.MaxRetries) = ("2", $"{retries}");

    private static string Full(string code) => "PLAYCANVAS" + code;
}

using System.Security.Cryptography.X509Certificates;

namespace PlayCanvas.Sandbox;

/// <summary>The forms of the response to <c>POST apps</c>, which the API's documentation does not specify.</summary>
public enum PublishAnswer
{
    /// <summary>The app, with a running task.</summary>
    App,

    /// <summary>A job, whose data names the app.</summary>
    Job,

    /// <summary>The build.</summary>
    Build,
}

/// <summary>The forms of the response to <c>POST checkpoints</c>.</summary>
public enum CheckpointAnswer
{
    /// <summary>A job, whose data contains the checkpoint once the job is complete.</summary>
    Job,

    /// <summary>The checkpoint itself, as in older pages of the manual.</summary>
    Checkpoint,
}

/// <summary>
/// What becomes of a request for a checkpoint of a branch that has not changed since its last one. The documentation of the API does not say.
/// </summary>
public enum UnchangedBranch
{
    /// <summary>The checkpoint is made.</summary>
    Created,

    /// <summary>The request is refused with the status 400.</summary>
    Refused,

    /// <summary>The job fails.</summary>
    JobFails,

    /// <summary>The job is complete, but its data do not contain a checkpoint.</summary>
    JobWithoutCheckpoint,
}

/// <summary>The options of a sandbox. Each property can be set by name on the command line and in the environment.</summary>
public sealed class SandboxOptions
{
    /// <summary>The token that is accepted by default.</summary>
    public const string DefaultAccessToken = "sandbox-token";

    /// <summary>A token of an account that does not own the seeded project.</summary>
    public const string StrangerAccessToken = "stranger-token";

    /// <summary>
    /// The accepted tokens and their accounts: the account's name, or <c>name/plan</c> with the plan <c>free</c>, <c>personal</c> or
    /// <c>organization</c>.
    /// </summary>
    public Dictionary<string, string> AccessTokens { get; set; } = new()
    {
        [DefaultAccessToken] = "sandbox/organization",
        [StrangerAccessToken] = "stranger/free",
    };

    /// <summary>The port of the API on 127.0.0.1; 0 selects a free port.</summary>
    public int ApiPort { get; set; }

    /// <summary>The port of the storage, the second origin, on 127.0.0.1; 0 selects a free port.</summary>
    public int StoragePort { get; set; }

    /// <summary>The host of the API in URLs that the sandbox returns: for example, a name that a proxy forwards here. Default: 127.0.0.1.</summary>
    public string ApiHost { get; set; } = "127.0.0.1";

    /// <summary>The host of the storage in URLs that the sandbox returns. Default: 127.0.0.1.</summary>
    public string StorageHost { get; set; } = "127.0.0.1";

    /// <summary>The certificate with which both origins use https; null for http.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The length of a rate limit window. Default: one minute.</summary>
    public TimeSpan RateLimitWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of requests of the normal class in a window; null uses the limit of the account's plan.</summary>
    public int? NormalLimit { get; set; }

    /// <summary>The number of requests of the strict class in a window; null uses the limit of the account's plan.</summary>
    public int? StrictLimit { get; set; }

    /// <summary>The number of requests of the assets class in a window; null uses the limit of the account's plan.</summary>
    public int? AssetsLimit { get; set; }

    /// <summary>The duration of a publish, a download, an export or a checkpoint. Default: one second.</summary>
    public TimeSpan JobDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a download URL is valid after it was created. Default: five minutes.</summary>
    public TimeSpan DownloadUrlLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The form of the response to <c>POST apps</c>. Default: the app.</summary>
    public PublishAnswer PublishAnswer { get; set; } = PublishAnswer.App;

    /// <summary>The form of the response to <c>POST checkpoints</c>. Default: a job.</summary>
    public CheckpointAnswer CheckpointAnswer { get; set; } = CheckpointAnswer.Job;

    /// <summary>What becomes of a request for a checkpoint of a branch that has not changed since its last one. Default: the checkpoint is made.</summary>
    public UnchangedBranch UnchangedBranch { get; set; } = UnchangedBranch.Created;

    /// <summary>
    /// The status of the response to <c>POST projects/:id/export</c>: 200, which the official tools expect (the default), or 201, as in the manual.
    /// </summary>
    public int ExportStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>
    /// The zip file that every <c>POST projects/:id/export</c> returns, such as a large one; null for an archive of the sandbox's own project (the default).
    /// </summary>
    public string? ArchiveFile { get; set; }

    /// <summary>Whether the storage supports range requests. Default: true.</summary>
    public bool SupportsRanges { get; set; } = true;

    /// <summary>The shape of the build records in responses.</summary>
    public BuildRecordShape BuildRecords { get; set; } = new();

    /// <summary>Whether an account may list builds; if not, the response is 403. Default: true.</summary>
    public bool BuildsRoute { get; set; } = true;

    /// <summary>
    /// Whether a GET of a job without <c>Content-Type: application/json</c> gets the status 500, as observed with the service. Default: false.
    /// </summary>
    public bool JobsNeedContentType { get; set; }

    /// <summary>The number of branches in a page when the request has no limit. Default: 16.</summary>
    public int BranchPageSize { get; set; } = 16;

    /// <summary>
    /// Whether exports contain the stand-in engine even if the real one is available: faster, and the same everywhere. Default: false.
    /// </summary>
    public bool StandInEngine { get; set; }

    /// <summary>Whether the seeded game is <see cref="Game.SpinningBoxWithModules"/>, whose exports have the layouts of modules. Default: false.</summary>
    public bool ModuleScripts { get; set; }

    /// <summary>The total size in bytes of the generated files in the seeded game, in addition to its own small files. Default: 0.</summary>
    public long GameSize { get; set; }

    /// <summary>The number of generated files that share <see cref="GameSize"/>. Default: 100.</summary>
    public int GameFiles { get; set; } = 100;

    /// <summary>How far the server's clock is ahead of this machine's clock. Default: zero.</summary>
    public TimeSpan ServerClockOffset { get; set; }

    /// <summary>The clock of the sandbox, which determines rate limit windows, jobs and the lifetime of URLs. Default: the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Called after each response, for a log.</summary>
    public Action<RecordedRequest>? Answered { get; set; }

    internal static (string Name, AccountPlan Plan) ParseAccount(string account)
    {
        var parts = account.Split('/');
        return parts switch
        {
            [var name] => (name, AccountPlan.Organization),
            [var name, var plan] when Enum.TryParse<AccountPlan>(plan, ignoreCase: true, out var parsed) => (name, parsed),
            _ => throw new ArgumentException($"'{account}' is not an account: write name or name/plan, with the plan free, personal or organization."),
        };
    }
}

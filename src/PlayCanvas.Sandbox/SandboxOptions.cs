using System.Security.Cryptography.X509Certificates;

namespace PlayCanvas.Sandbox;

/// <summary>What <c>POST apps</c> answers with, which the API's documentation leaves open.</summary>
public enum PublishAnswer
{
    /// <summary>The app, with a running task.</summary>
    App,

    /// <summary>A job, whose data names the app.</summary>
    Job,

    /// <summary>The build.</summary>
    Build,
}

/// <summary>What <c>POST checkpoints</c> answers with.</summary>
public enum CheckpointAnswer
{
    /// <summary>A job, whose data has the checkpoint when it is complete.</summary>
    Job,

    /// <summary>The checkpoint itself, as older pages of the manual say.</summary>
    Checkpoint,
}

/// <summary>How a sandbox behaves. Each property can be set on the command line and in the environment by its name.</summary>
public sealed class SandboxOptions
{
    /// <summary>The token that is accepted where no other is set.</summary>
    public const string DefaultAccessToken = "sandbox-token";

    /// <summary>A token of an account that owns nothing in the seeded project.</summary>
    public const string StrangerAccessToken = "stranger-token";

    /// <summary>The accepted tokens and whose they are: an account's name, or <c>name/plan</c> with the plan <c>free</c>, <c>personal</c> or <c>organization</c>.</summary>
    public Dictionary<string, string> AccessTokens { get; set; } = new()
    {
        [DefaultAccessToken] = "sandbox/organization",
        [StrangerAccessToken] = "stranger/free",
    };

    /// <summary>The port of the API on 127.0.0.1; 0 takes a free one.</summary>
    public int ApiPort { get; set; }

    /// <summary>The port of the storage on 127.0.0.1, which is the second origin; 0 takes a free one.</summary>
    public int StoragePort { get; set; }

    /// <summary>The API's host in the addresses that are handed out: a name that leads here by a proxy, for example.</summary>
    public string ApiHost { get; set; } = "127.0.0.1";

    /// <summary>The storage's host in the addresses that are handed out.</summary>
    public string StorageHost { get; set; } = "127.0.0.1";

    /// <summary>With a certificate, both origins speak https.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The length of a rate limit's window.</summary>
    public TimeSpan RateLimitWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests of the normal class in a window; without it, what the account's plan allows.</summary>
    public int? NormalLimit { get; set; }

    /// <summary>Requests of the strict class in a window; without it, what the account's plan allows.</summary>
    public int? StrictLimit { get; set; }

    /// <summary>Requests of the assets class in a window; without it, what the account's plan allows.</summary>
    public int? AssetsLimit { get; set; }

    /// <summary>How long a publish, a download, an export or a checkpoint takes.</summary>
    public TimeSpan JobDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a download address is good for after it was handed out.</summary>
    public TimeSpan DownloadUrlLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What <c>POST apps</c> answers with.</summary>
    public PublishAnswer PublishAnswer { get; set; } = PublishAnswer.App;

    /// <summary>What <c>POST checkpoints</c> answers with.</summary>
    public CheckpointAnswer CheckpointAnswer { get; set; } = CheckpointAnswer.Job;

    /// <summary>The status of the answer to <c>POST projects/:id/export</c>: 200 as the official tools want it, or 201 as the manual says.</summary>
    public int ExportStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>Whether the storage answers requests for a range of bytes.</summary>
    public bool SupportsRanges { get; set; } = true;

    /// <summary>The shape of the build records that are shown.</summary>
    public BuildRecordShape BuildRecords { get; set; } = new();

    /// <summary>Whether an account may list builds; if not, the answer is 403.</summary>
    public bool BuildsRoute { get; set; } = true;

    /// <summary>Answers 500 to a GET on a job without <c>Content-Type: application/json</c>, as the service was seen to do.</summary>
    public bool JobsNeedContentType { get; set; }

    /// <summary>How many branches a page has where no limit is asked for.</summary>
    public int BranchPageSize { get; set; } = 16;

    /// <summary>Exports the stand-in engine even where the real one is there: quicker, and the same everywhere.</summary>
    public bool StandInEngine { get; set; }

    /// <summary>Bytes of generated files in the seeded game, beside its own few.</summary>
    public long GameSize { get; set; }

    /// <summary>Among how many generated files they are shared out.</summary>
    public int GameFiles { get; set; } = 100;

    /// <summary>How far the server's clock is ahead of this machine's.</summary>
    public TimeSpan ServerClockOffset { get; set; }

    /// <summary>The clock: windows, jobs and addresses follow it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Called after each answer, for a log.</summary>
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

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PlayCanvas.Sandbox;

/// <summary>The plan of an account, which determines its rate limits.</summary>
public enum AccountPlan
{
    /// <summary>A free account.</summary>
    Free,

    /// <summary>A personal account.</summary>
    Personal,

    /// <summary>An organization.</summary>
    Organization,
}

/// <summary>An account, which owns projects and sends requests.</summary>
public sealed record Account(int Id, string Username, AccountPlan Plan);

/// <summary>A project.</summary>
public sealed record Project(int Id, int OwnerId, string Name)
{
    /// <summary>The id of the branch that is used when a request names none.</summary>
    public string MainBranchId { get; init; } = "";

    /// <summary>The id of the branch that the owner has checked out in the Editor.</summary>
    public string CurrentBranchId { get; init; } = "";

    /// <summary>The id of the project's primary app; null when there is none.</summary>
    public int? PrimaryAppId { get; init; }

    /// <summary>The description of the project.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A branch of a project.</summary>
public sealed record Branch(string Id, int ProjectId, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>Whether the branch is closed. Closed branches are listed only on request.</summary>
    public bool Closed { get; init; }

    /// <summary>Whether the branch cannot be deleted; true for the main branch.</summary>
    public bool Permanent { get; init; }

    /// <summary>The id of the newest checkpoint.</summary>
    public string? LatestCheckpointId { get; init; }

    /// <summary>The id of the account that created the branch.</summary>
    public int UserId { get; init; }
}

/// <summary>A checkpoint of a branch.</summary>
public sealed record Checkpoint(string Id, int ProjectId, string BranchId, string Description, DateTimeOffset CreatedAt, int UserId)
{
    /// <summary>The size in bytes of the branch's content.</summary>
    public long Size { get; init; }
}

/// <summary>A scene of a branch. The same scene has the same id in every branch.</summary>
public sealed record Scene(int Id, int ProjectId, string BranchId, string Name, DateTimeOffset Created, DateTimeOffset Modified)
{
    /// <summary>The color of the scene's box: one of <see cref="GameColors"/>.</summary>
    public string BoxColor { get; init; } = GameColors.OrangeBox;
}

/// <summary>The state of a job, a build or an app.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkStatus>))]
public enum WorkStatus
{
    /// <summary>In progress.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Ended successfully.</summary>
    [JsonStringEnumMemberName("complete")]
    Complete,

    /// <summary>Failed.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}

/// <summary>The state of an app's publish.</summary>
public sealed record AppTask(WorkStatus Status, string? Message);

/// <summary>The URLs of an app's thumbnails.</summary>
public sealed record Thumbnails(string S, string M, string L, string Xl);

/// <summary>A published app, as the API returns it.</summary>
public sealed record App(int Id, int ProjectId, int OwnerId, string Name)
{
    /// <summary>The description of the app.</summary>
    public string? Description { get; init; }

    /// <summary>The version of the app.</summary>
    public string? Version { get; init; }

    /// <summary>The release notes of the version.</summary>
    public string? ReleaseNotes { get; init; }

    /// <summary>The thumbnails of the app.</summary>
    public Thumbnails? Thumbnails { get; init; }

    /// <summary>The total size of the app's files in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The number of views.</summary>
    public int Views { get; init; }

    /// <summary>When the build of the app was complete; null while it is in progress.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the app was requested.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the app was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The URL at which the app is played.</summary>
    public string Url { get; init; } = "";

    /// <summary>The state of the publish; old records have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AppTask? Task { get; init; }

    /// <summary>The id of the branch from which the app was published. The API does not return it.</summary>
    [JsonIgnore]
    public string BranchId { get; init; } = "";
}

/// <summary>A job, as the API returns it.</summary>
public sealed record Job(int Id, DateTimeOffset CreatedAt)
{
    /// <summary>When the job was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The state of the job.</summary>
    public WorkStatus Status { get; init; }

    /// <summary>The errors of a failed job.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>The data of the job, which depends on its kind. The URL of a download is added when the job is returned.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>The id of the build that the job works on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BuildJobId { get; init; }

    /// <summary>The id of the project that the job works on.</summary>
    [JsonIgnore]
    public int ProjectId { get; init; }

    /// <summary>The name of the field of <see cref="Data"/> that contains the URL of the result; null when there is none.</summary>
    [JsonIgnore]
    internal string? UrlField { get; init; }

    /// <summary>The id of the file that the job created.</summary>
    [JsonIgnore]
    internal string? ExportId { get; init; }
}

/// <summary>A build: the permanent record of a publish or a download.</summary>
public sealed record Build(int Id, int ProjectId, string Type)
{
    /// <summary>The id of the app that the build created.</summary>
    public int? AppId { get; init; }

    /// <summary>The id of the job that does the work.</summary>
    public int? JobId { get; init; }

    /// <summary>The state of the build.</summary>
    public WorkStatus Status { get; init; }

    /// <summary>The number of the attempt, starting at 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The branch that is built.</summary>
    public required BuildBranch Branch { get; init; }

    /// <summary>The account that requested the build.</summary>
    public required BuildActor Actor { get; init; }

    /// <summary>The origin of the request.</summary>
    public BuildSource Source { get; init; } = new("api");

    /// <summary>
    /// The requested settings, as the service writes them; <see cref="SandboxOptions.BuildRecords"/> selects another shape for responses.
    /// </summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>The body of the request that started the build.</summary>
    [JsonIgnore]
    public JsonObject Request { get; init; } = [];

    /// <summary>The id of the app that a publish creates. <see cref="AppId"/> contains it once the publish is complete.</summary>
    [JsonIgnore]
    internal int? MakesAppId { get; init; }

    /// <summary>The results of the build.</summary>
    public IReadOnlyList<BuildArtifact> Artifacts { get; init; } = [];

    /// <summary>The error of a failed build.</summary>
    public string? Message { get; init; }

    /// <summary>When the build was requested.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the build was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When the build ended; null while it is in progress.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The duration of the build in milliseconds; null while it is in progress.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The id of the file that the build created.</summary>
    [JsonIgnore]
    internal string? ExportId { get; init; }
}

/// <summary>The branch of a build.</summary>
public sealed record BuildBranch(string Id, string Name);

/// <summary>The account that requested a build.</summary>
public sealed record BuildActor(int Id, string Username, string Name);

/// <summary>The origin of a build request: <c>api</c> or <c>editor</c>.</summary>
public sealed record BuildSource(string Type);

/// <summary>A result of a build. The URL of a download is added when the build is returned.</summary>
public sealed record BuildArtifact(string Type, string? Url, long Bytes);

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PlayCanvas.Sandbox;

/// <summary>What an account pays, which sets its rate limits.</summary>
public enum AccountPlan
{
    /// <summary>A free account.</summary>
    Free,

    /// <summary>A personal account.</summary>
    Personal,

    /// <summary>An organization.</summary>
    Organization,
}

/// <summary>Who owns projects and asks.</summary>
public sealed record Account(int Id, string Username, AccountPlan Plan);

/// <summary>A project.</summary>
public sealed record Project(int Id, int OwnerId, string Name)
{
    /// <summary>The branch that is used where none is named.</summary>
    public string MainBranchId { get; init; } = "";

    /// <summary>The branch that its owner has checked out in the Editor.</summary>
    public string CurrentBranchId { get; init; } = "";

    /// <summary>The id of the app that is the project's primary one.</summary>
    public int? PrimaryAppId { get; init; }

    /// <summary>What the project is about.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A branch of a project.</summary>
public sealed record Branch(string Id, int ProjectId, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>Whether the branch is closed; closed ones are only listed when asked for.</summary>
    public bool Closed { get; init; }

    /// <summary>Whether the branch cannot be deleted, as the main branch cannot.</summary>
    public bool Permanent { get; init; }

    /// <summary>The id of the newest checkpoint.</summary>
    public string? LatestCheckpointId { get; init; }

    /// <summary>The id of the account that made it.</summary>
    public int UserId { get; init; }
}

/// <summary>A checkpoint of a branch.</summary>
public sealed record Checkpoint(string Id, int ProjectId, string BranchId, string Description, DateTimeOffset CreatedAt, int UserId)
{
    /// <summary>The size in bytes of what the branch held.</summary>
    public long Size { get; init; }
}

/// <summary>A scene of a branch; the same scene has the same id in every branch.</summary>
public sealed record Scene(int Id, int ProjectId, string BranchId, string Name, DateTimeOffset Created, DateTimeOffset Modified)
{
    /// <summary>The colour of the scene's box: one of <see cref="GameColors"/>.</summary>
    public string BoxColor { get; init; } = GameColors.OrangeBox;
}

/// <summary>How far something that takes time has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkStatus>))]
public enum WorkStatus
{
    /// <summary>Not yet at its end.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Ended well.</summary>
    [JsonStringEnumMemberName("complete")]
    Complete,

    /// <summary>Ended badly.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}

/// <summary>The state of an app's publishing.</summary>
public sealed record AppTask(WorkStatus Status, string? Message);

/// <summary>Addresses of an app's pictures.</summary>
public sealed record Thumbnails(string S, string M, string L, string Xl);

/// <summary>A published app, as the API shows it.</summary>
public sealed record App(int Id, int ProjectId, int OwnerId, string Name)
{
    /// <summary>What the app is about.</summary>
    public string? Description { get; init; }

    /// <summary>The app's version.</summary>
    public string? Version { get; init; }

    /// <summary>What is new in the version.</summary>
    public string? ReleaseNotes { get; init; }

    /// <summary>Pictures of the app.</summary>
    public Thumbnails? Thumbnails { get; init; }

    /// <summary>The size of its files in bytes.</summary>
    public long Size { get; init; }

    /// <summary>How often it was looked at.</summary>
    public int Views { get; init; }

    /// <summary>When it was ready; null while it is being built.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Where it plays.</summary>
    public string Url { get; init; } = "";

    /// <summary>The state of its publishing; old records have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AppTask? Task { get; init; }

    /// <summary>The id of the branch it was published from, which the API does not show.</summary>
    [JsonIgnore]
    public string BranchId { get; init; } = "";
}

/// <summary>A job, as the API shows it.</summary>
public sealed record Job(int Id, DateTimeOffset CreatedAt)
{
    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public WorkStatus Status { get; init; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>What depends on the kind of the job; the address of a download is added when the job is shown.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>The build this job is the work of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BuildJobId { get; init; }

    /// <summary>The id of the project the job works on.</summary>
    [JsonIgnore]
    public int ProjectId { get; init; }

    /// <summary>Under which name <see cref="Data"/> tells the address of the result; null when it tells none.</summary>
    [JsonIgnore]
    internal string? UrlField { get; init; }

    /// <summary>The id of the file that the job made.</summary>
    [JsonIgnore]
    internal string? ExportId { get; init; }
}

/// <summary>A build: the lasting record of a publish or a download.</summary>
public sealed record Build(int Id, int ProjectId, string Type)
{
    /// <summary>The app it made.</summary>
    public int? AppId { get; init; }

    /// <summary>The job that does it.</summary>
    public int? JobId { get; init; }

    /// <summary>How far it has come.</summary>
    public WorkStatus Status { get; init; }

    /// <summary>Which try it is.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The branch it is made from.</summary>
    public required BuildBranch Branch { get; init; }

    /// <summary>Who asked for it.</summary>
    public required BuildActor Actor { get; init; }

    /// <summary>By what way it was asked for.</summary>
    public BuildSource Source { get; init; } = new("api");

    /// <summary>What was asked for, as the service writes it; <see cref="SandboxOptions.BuildRecords"/> chooses another shape when the build is shown.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>The body of the request that began the build.</summary>
    [JsonIgnore]
    public JsonObject Request { get; init; } = [];

    /// <summary>The app that a publish makes, which <see cref="AppId"/> names when the publish is complete.</summary>
    [JsonIgnore]
    internal int? MakesAppId { get; init; }

    /// <summary>What it made.</summary>
    public IReadOnlyList<BuildArtifact> Artifacts { get; init; } = [];

    /// <summary>What went wrong.</summary>
    public string? Message { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long it took.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The id of the file that it made.</summary>
    [JsonIgnore]
    internal string? ExportId { get; init; }
}

/// <summary>The branch of a build.</summary>
public sealed record BuildBranch(string Id, string Name);

/// <summary>The account that asked for a build.</summary>
public sealed record BuildActor(int Id, string Username, string Name);

/// <summary>By what way a build was asked for: <c>api</c> or <c>editor</c>.</summary>
public sealed record BuildSource(string Type);

/// <summary>A result of a build; the address of a download is added when the build is shown.</summary>
public sealed record BuildArtifact(string Type, string? Url, long Bytes);

using Microsoft.Build.Framework;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tasks.Lists;

/// <summary>Lists the builds of each PlayCanvas project: what was published and downloaded, in the Editor and through the API.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasListBuilds : PlayCanvasSortedListTask
{
    private const string PublishedApp = "app";

    private static readonly RecordKind<BuildRecord> Kind = new(
        "build",
        "builds",
        build => build.Id,
        Fields,
        [
            new("Id", build => build.Id) { IsNumber = true },
            new("Type", build => build.Type),
            new("Status", build => build.Status),
            new("App", build => RecordItem.Text(build.AppId)) { IsNumber = true },
            new("Version", build => Setting(build, "version")) { Rank = 1 },
            Column.Name<BuildRecord>("Branch", build => build.Branch?.Name ?? build.Branch?.Id),
            Column.Text<BuildRecord>("Scenes", build => string.Join(", ", ScenesOf(build))) with { Rank = 7 },
            new("Format", build => Setting(build, "format")) { Rank = 6 },
            Column.Text<BuildRecord>("By", build => build.Actor?.ToString()) with { Rank = 3 },
            Column.Time<BuildRecord>("Created", build => build.CreatedAt),
            new("Duration", build => build.DurationMs is { } milliseconds ? $"{milliseconds / 1000.0:0.0} s" : null) { IsNumber = true, Rank = 5 },
            Column.Size<BuildRecord>("Size", SizeOf) with { Rank = 4 },
            Column.Text<BuildRecord>("Message", build => build.Message) with { Rank = 2 },
        ]);

    /// <summary>Lists only builds of this type: <c>publish</c> or <c>download</c>. Default: both.</summary>
    public string? Type { get; set; }

    /// <summary>Lists only builds with this status: <c>running</c>, <c>complete</c> or <c>error</c>. Default: all.</summary>
    public string? Status { get; set; }

    /// <summary>Lists only builds of this format: <c>playcanvas</c> (an app), <c>static</c>, <c>npm</c> or <c>web_lens</c>. Default: all.</summary>
    public string? Format { get; set; }

    /// <summary>Lists only builds of the branch with this name. Default: those of all branches.</summary>
    public string? Branch { get; set; }

    /// <summary>Lists only builds that the user with this id requested. Default: those of all users.</summary>
    public string? Actor { get; set; }

    /// <summary>
    /// The builds. The identity of an item is the build's id; each field of the record is metadata, and so are the most important settings. <c>Url</c>
    /// is the address of an app; that of a download is left out.
    /// </summary>
    [Output]
    public ITaskItem[] Builds => Items;

    private protected override RecordList Request(ListSource source, Paging paging)
    {
        var builds = source.Client.ListBuilds(source.ProjectId, ReadFilter(), paging, source.CancellationToken).Select(WithoutSignatures).ToList();
        var newest = builds.OrderByDescending(build => build.CreatedAt).FirstOrDefault();
        return Kind.MakeList(
            builds,
            of: null,
            Count(builds, JobStatus.Running, "running"),
            Count(builds, JobStatus.Error, "failed"),
            newest is null ? null : $"newest {newest.Type} {newest.Id}");
    }

    private static IEnumerable<(string Name, string? Value)> Fields(BuildRecord build) =>
    [
        ("ProjectId", RecordItem.Text(build.ProjectId)),
        ("AppId", RecordItem.Text(build.AppId)),
        ("JobId", build.JobId),
        ("Type", build.Type),
        ("Status", build.Status),
        ("Attempt", RecordItem.Text(build.Attempt)),
        ("BranchId", build.Branch?.Id),
        ("BranchName", build.Branch?.Name),
        ("ActorId", build.Actor?.Id),
        ("ActorUsername", build.Actor?.Username),
        ("ActorName", build.Actor?.Name),
        ("Source", build.Source?.Type),
        ("Settings", build.Settings is JObject settings ? ApiJson.Write(settings) : null),
        ("Name", Setting(build, "name")),
        ("Version", Setting(build, "version")),
        ("EngineVersion", Setting(build, "engine_version")),
        ("Format", Setting(build, "format")),
        ("Scenes", string.Join(";", ScenesOf(build))),
        ("ArtifactType", string.Join(";", ArtifactsOf(build).Select(artifact => artifact.Type))),
        ("Size", RecordItem.Text(SizeOf(build))),
        ("Url", ArtifactsOf(build).FirstOrDefault(artifact => artifact.Type == PublishedApp)?.Url),
        ("Message", build.Message),
        ("CreatedAt", RecordItem.Text(build.CreatedAt)),
        ("ModifiedAt", RecordItem.Text(build.ModifiedAt)),
        ("CompletedAt", RecordItem.Text(build.CompletedAt)),
        ("DurationMs", RecordItem.Text(build.DurationMs)),
    ];

    /// <summary>The result of a build may be at a signed address, which gives access to everyone who knows it, and texts may contain such an address.</summary>
    private static BuildRecord WithoutSignatures(BuildRecord build) => build with
    {
        Settings = build.Settings is { } settings ? ApiJson.Read<JToken>(WebAddress.WithoutQueries(ApiJson.Write(settings))) : null,
        Artifacts = [.. ArtifactsOf(build).Select(artifact => artifact with { Url = artifact.Url is { } url ? WebAddress.WithoutQueries(url) : null })],
        Message = build.Message is { } message ? WebAddress.WithoutQueries(message) : null,
    };

    private static IEnumerable<BuildArtifact> ArtifactsOf(BuildRecord build) => (build.Artifacts ?? []).OfType<BuildArtifact>();

    private static long? SizeOf(BuildRecord build) => ArtifactsOf(build).Select(artifact => artifact.Bytes).FirstOrDefault(bytes => bytes is not null);

    private static string? Setting(BuildRecord build, string name) => (build.Settings as JObject)?[name] is JValue { Value: { } value } ? $"{value}" : null;

    /// <summary>The names of the scenes, or their ids in old records, which do not have names.</summary>
    private static IEnumerable<string> ScenesOf(BuildRecord build) => ((build.Settings as JObject)?["scenes"] as JArray ?? [])
        .Select(scene => $"{(scene is JObject named ? named["name"] ?? named["id"] : scene)}");

    private static string? Count(IReadOnlyList<BuildRecord> builds, string status, string word) =>
        builds.Count(build => build.Status == status) is > 0 and var count ? $"{count} {word}" : null;

    private BuildFilter ReadFilter()
    {
        var values = Read(
            (Options.ListBuildType, Type),
            (Options.ListBuildStatus, Status),
            (Options.ListBuildFormat, Format),
            (Options.ListBuildBranch, Branch),
            (Options.ListBuildActor, Actor));
        return new BuildFilter
        {
            Type = values.Choice(Options.ListBuildType),
            Status = values.Choice(Options.ListBuildStatus),
            Format = values.Choice(Options.ListBuildFormat),
            Branch = values.Text(Options.ListBuildBranch),
            Actor = values.Id(Options.ListBuildActor),
        };
    }
}

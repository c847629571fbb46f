using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>The moment at which a colleague publishes.</summary>
internal enum ColleagueMoment
{
    BeforeTheBuild,
    BeforeTheRequest,
    AfterTheRequest,
    BeforeTheNextBuild,
}

/// <summary>A colleague who publishes an app of the same name with another account.</summary>
/// <param name="Version">The same version as the release, or another one.</param>
/// <param name="ReleaseNotes">The same release notes as the release, or others.</param>
/// <param name="Source"><c>editor</c> or <c>api</c>.</param>
/// <param name="BranchId">The same branch as the release, or another one.</param>
/// <param name="Moment">The moment of the publish.</param>
internal sealed record Colleague(string Version, string? ReleaseNotes, string Source, string BranchId, ColleagueMoment Moment)
{
    public override string ToString() => $"{Version} by {Source}, {Moment}";
}

/// <summary>A possible course of a release: the server, the faults of each build, and a colleague who also publishes.</summary>
internal sealed record PublishScenario
{
    public const string Path = "/api/apps";
    public const string AppName = "My game";
    public const string Version = "1.0";
    public const int MostBuilds = 4;

    private static readonly (string Method, string Path, Fault Fault)[] Mishaps =
    [
        ("GET", "*/apps", Fault.Status(503)),
        ("GET", "*/apps", Fault.ResetBefore),
        ("GET", "*/builds", Fault.Status(500)),
        ("GET", "*/builds", Fault.Truncate(3)),
        ("GET", "*/builds", Fault.Status(403)),
        ("GET", "*/scenes", Fault.ResetBefore),
        ("GET", "/api/apps/*", Fault.Status(404)),
        ("GET", "/api/apps/*", Fault.Status(502)),
        ("GET", "/api/jobs/*", Fault.Status(500)),
        ("GET", "/api/jobs/*", Fault.Status(404)),
    ];

    /// <summary>The name of the scenario: the fault of the publish request of the first build.</summary>
    public string Name => Publishes[0].Name;

    public required PublishAnswer Answer { get; init; }

    public required bool BuildsRoute { get; init; }

    public required TimeSpan JobDuration { get; init; }

    public required string? ReleaseNotes { get; init; }

    /// <summary>The shape of the build records.</summary>
    public required BuildRecordShape Records { get; init; }

    /// <summary>Whether the list of apps omits the release notes, and therefore the mark in them.</summary>
    public required bool HidesReleaseNotes { get; init; }

    public required Colleague? Colleague { get; init; }

    /// <summary>The faults of the publish request of each build, in their order.</summary>
    public required IReadOnlyList<PublishFault> Publishes { get; init; }

    /// <summary>The other faults of each build, and the number of the matching call in which each occurs.</summary>
    public required IReadOnlyList<IReadOnlyList<(string Method, string Path, Fault Fault, int Call)>> OtherFaults { get; init; }

    public static PublishScenario Make(Random random) => Make(random, PublishFault.All(random));

    /// <param name="random">The source of all random choices.</param>
    /// <param name="faults">The possible faults of a publish request.</param>
    public static PublishScenario Make(Random random, IReadOnlyList<PublishFault> faults)
    {
        var notes = random.Next(2) == 0 ? null : "what is new";
        return new PublishScenario
        {
            Answer = Pick(random, Enum.GetValues<PublishAnswer>()),
            BuildsRoute = random.Next(2) == 0,
            JobDuration = TimeSpan.FromSeconds(random.Next(4)),
            ReleaseNotes = notes,
            Records = new BuildRecordShape
            {
                Settings = random.Next(2) == 0 ? SettingsShape.Service : Pick(random, Enum.GetValues<SettingsShape>()),
                Scenes = Pick(random, Enum.GetValues<ScenesShape>()),
                OmitsUnsentFields = random.Next(2) == 0,
                IdsAsText = random.Next(2) == 0,
            },
            HidesReleaseNotes = random.Next(4) == 0,
            Colleague = random.Next(3) == 0 ? null : MakeColleague(random, notes),
            Publishes = [.. Enumerable.Range(0, MostBuilds).Select(build => random.Next(10) < (build == 0 ? 9 : 3) ? Pick(random, faults) : PublishFault.None)],
            OtherFaults = [.. Enumerable.Range(0, MostBuilds).Select(_ => MakeMishaps(random))],
        };
    }

    public override string ToString() => $"{Name}; builds {(BuildsRoute ? "shown" : "not shown")}, {Records.Settings}, {Records.Scenes}, notes {(HidesReleaseNotes ? "hidden" : "shown")}, {Answer}; colleague: {Colleague}";

    private static Colleague MakeColleague(Random random, string? notes) => new(
        random.Next(3) == 0 ? "0.9" : Version,
        random.Next(2) == 0 ? notes : "by a colleague",
        random.Next(2) == 0 ? "editor" : "api",
        random.Next(3) == 0 ? World.DevelopmentBranchId : World.MainBranchId,
        Pick(random, Enum.GetValues<ColleagueMoment>()));

    private static IReadOnlyList<(string, string, Fault, int)> MakeMishaps(Random random) =>
    [
        .. Enumerable.Range(0, Math.Max(0, random.Next(5) - 2)).Select(_ =>
        {
            var (method, path, fault) = Pick(random, Mishaps);
            return (method, path, fault, random.Next(8) == 0 ? FaultScript.EveryCall : random.Next(1, 5));
        }),
    ];

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}

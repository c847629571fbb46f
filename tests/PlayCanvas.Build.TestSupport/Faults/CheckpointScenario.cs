using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.TestSupport.Faults;

/// <summary>A colleague who makes a checkpoint of the same branch.</summary>
/// <param name="Description">The same description as that of the release, without its mark, or another one.</param>
/// <param name="Moment">The moment.</param>
internal sealed record CheckpointColleague(string Description, ColleagueMoment Moment)
{
    public override string ToString() => $"\"{Description}\", {Moment}";
}

/// <summary>A possible course of a release that makes a checkpoint: the server, the faults of each build, and a colleague who also makes a checkpoint.</summary>
internal sealed record CheckpointScenario
{
    public const string Path = "/api/checkpoints";
    public const string Description = "the new levels";
    public const int MostBuilds = 4;

    private static readonly (string Method, string Path, Fault Fault)[] Mishaps =
    [
        ("GET", "*/checkpoints", Fault.Status(503)),
        ("GET", "*/checkpoints", Fault.ResetBefore),
        ("GET", "*/checkpoints", Fault.Truncate(3)),
        ("GET", "*/branches", Fault.ResetBefore),
        ("GET", "/api/checkpoints/*", Fault.Status(500)),
        ("GET", "/api/checkpoints/*", Fault.Status(404)),
        ("GET", "/api/jobs/*", Fault.Status(500)),
        ("GET", "/api/jobs/*", Fault.Status(404)),
        ("GET", "/api/jobs/*", Fault.Truncate(3)),
    ];

    /// <summary>The name of the scenario: the fault of the request for a checkpoint in the first build.</summary>
    public string Name => Requests[0].Name;

    public required CheckpointAnswer Answer { get; init; }

    public required UnchangedBranch Unchanged { get; init; }

    /// <summary>Whether the branch has changed since its last checkpoint.</summary>
    public required bool HasChanges { get; init; }

    /// <summary>The time that a checkpoint takes: seconds, minutes as for a large project, or longer than a build looks for a lost one.</summary>
    public required TimeSpan JobDuration { get; init; }

    /// <summary>Whether the list of checkpoints omits the descriptions, and therefore the mark in them.</summary>
    public required bool HidesDescriptions { get; init; }

    public required CheckpointColleague? Colleague { get; init; }

    /// <summary>The faults of the request of each build, in their order.</summary>
    public required IReadOnlyList<PublishFault> Requests { get; init; }

    /// <summary>The other faults of each build, and the number of the matching call in which each occurs.</summary>
    public required IReadOnlyList<IReadOnlyList<(string Method, string Path, Fault Fault, int Call)>> OtherFaults { get; init; }

    public static CheckpointScenario Make(Random random)
    {
        var faults = PublishFault.All(random);
        return new CheckpointScenario
        {
            Answer = random.Next(3) == 0 ? CheckpointAnswer.Checkpoint : CheckpointAnswer.Job,
            Unchanged = Pick(random, Enum.GetValues<UnchangedBranch>()),
            HasChanges = random.Next(3) != 0,
            JobDuration = TimeSpan.FromSeconds(random.Next(Pick(random, [4, 300, 1500]))),
            HidesDescriptions = random.Next(5) == 0,
            Colleague = random.Next(3) == 0 ? null : new CheckpointColleague(random.Next(2) == 0 ? Description : "by a colleague", Pick(random, Enum.GetValues<ColleagueMoment>())),
            Requests = [.. Enumerable.Range(0, MostBuilds).Select(build => random.Next(10) < (build == 0 ? 9 : 3) ? Pick(random, faults) : PublishFault.None)],
            OtherFaults = [.. Enumerable.Range(0, MostBuilds).Select(_ => MakeMishaps(random))],
        };
    }

    public override string ToString() =>
        $"{Name}; {Answer} after {JobDuration.TotalSeconds:0} s; {(HasChanges ? "changed" : $"unchanged: {Unchanged}")}; descriptions {(HidesDescriptions ? "hidden" : "shown")}; colleague: {Colleague}";

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

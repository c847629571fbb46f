using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Tests builds that are killed while they make a checkpoint: in every second round while the response is held back, otherwise while the job runs.
/// </summary>
[Category(LongTests.Category)]
public sealed class CheckpointKillTests() : KillTests("checkpoint", 3)
{
    private const string Route = "/api/checkpoints";

    private string description = "";
    private int jobsBefore;

    private protected override string[] Command => ["msbuild", "-nologo", "-t:PlayCanvasCreateCheckpoint", $"-p:PlayCanvasCheckpointDescription={description}"];

    private protected override IReadOnlyList<Moment> Moments =>
    [
        new("requested", () => JobsOfTheRound > 0),
        new("accepted", () => Intent?.Contains("\"JobId\":\"", StringComparison.Ordinal) == true || IsDone),
        new("done", () => IsDone),
    ];

    private protected override int JobsOfTheRound => Sandbox.World.Jobs.Count - jobsBefore;

    private protected override bool IsDone => Intent is null && JobsOfTheRound > 0;

    private string? Intent => Directory.Exists(PublishIntents) ? Directory.EnumerateFiles(PublishIntents, "checkpoint-*.json").Select(File.ReadAllText).FirstOrDefault() : null;

    private protected override ConsumerProject MakeProject() => Console().WithGame();

    private protected override Task PrepareAsync(int round)
    {
        description = "round " + round.ToString(CultureInfo.InvariantCulture);
        jobsBefore = Sandbox.World.Jobs.Count;
        Sandbox.Options.JobDuration = TimeSpan.FromSeconds(1);
        Sandbox.Faults.Clear();
        if (round > 0 && round % 2 == 0)
            Sandbox.Faults.On("POST", Route, Fault.StallAfter(0));
        return Task.CompletedTask;
    }

    private protected override string FindState() =>
        Intent is not { } intent ? "0 nothing" : intent.Contains("\"JobId\":\"", StringComparison.Ordinal) ? "2 job known" : "1 intent, response unknown";

    private protected override IEnumerable<string> FindFaults() =>
        Sandbox.World.Checkpoints.Count(checkpoint => checkpoint.Description.StartsWith($"{description}\n", StringComparison.Ordinal)) is var made && made == 1
            ? []
            : [$"{made} checkpoints of {description}"];

    private protected override IReadOnlyList<string> FindLeftovers() =>
        [.. Directory.EnumerateFileSystemEntries(PublishIntents).Where(path => Path.GetExtension(path) != ".lock").Select(path => $"{path} is left")];
}

using System.Diagnostics;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Kills a build at any instant and checks that the next build repairs the result. The instants are spread evenly over the moments of a build
/// that are visible from outside, and at random over the time between them. <c>KILLS</c> sets their number, <c>SEED</c> the random ones.
/// </summary>
public abstract class KillTests : FaultFixture
{
    private const int Phases = 4;

    private readonly Random random = new(Effort.Seed);
    private readonly KillTable table;
    private readonly int number;

    /// <param name="phase">The phase in which builds are killed.</param>
    /// <param name="number">The index of the phase, from 0. The kills are distributed among all phases.</param>
    private protected KillTests(string phase, int number)
    {
        table = new KillTable(phase);
        this.number = number;
    }

    private static IEnumerable<TestCaseData> Kills => LongTests.Repeat("KILLS", few: 6, all: 20);

    private protected ConsumerProject Project { get; private set; } = null!;

    /// <summary>The command that is run, killed, and run again.</summary>
    private protected abstract string[] Command { get; }

    /// <summary>The visible moments of a build in their order. After the last one the work of the build is done.</summary>
    private protected abstract IReadOnlyList<Moment> Moments { get; }

    /// <summary>The number of jobs that the server has been asked for since the round began.</summary>
    private protected abstract int JobsOfTheRound { get; }

    /// <summary>Whether the build had finished its work when it was killed.</summary>
    private protected abstract bool IsDone { get; }

    /// <param name="allKills">The number of kills in all phases.</param>
    [TestCaseSource(nameof(Kills))]
    public async Task AreMadeGoodByTheNextBuild(int allKills)
    {
        var kills = (allKills + number) / Phases;
        Project = MakeProject();
        (await Project.RunAsync("restore")).AssertClean();
        var spans = await MeasureAsync();

        for (var round = 1; table.Kills < kills; round++)
        {
            await PrepareAsync(round);
            // Select the span by the round and not by the number of kills: a span may be too short to be hit, since moving files takes milliseconds.
            await KillAsync(spans[round % spans.Count]);
            if (IsDone)
                table.TooLate++;
            else
                await MakeGoodAsync(table.RowOf(FindState()));
            Assert.That(table.TooLate, Is.LessThan(10 + (2 * kills)), "Builds that had finished their work before they could be killed");
        }

        Print(table.ToString());
        Assert.That(table.Faults, Is.Empty);
    }

    private protected abstract ConsumerProject MakeProject();

    /// <summary>Prepares work for a build.</summary>
    private protected abstract Task PrepareAsync(int round);

    /// <summary>Determines from the files that are there how far the killed build came.</summary>
    private protected abstract string FindState();

    /// <summary>Returns the errors in the state that the killed build left, before another build runs.</summary>
    private protected virtual Task<IEnumerable<string>> FindFaultsOfKillAsync() => Task.FromResult(Enumerable.Empty<string>());

    /// <summary>Returns the errors in the result of the next build.</summary>
    private protected abstract IEnumerable<string> FindFaults();

    private protected abstract IReadOnlyList<string> FindLeftovers();

    /// <summary>Measures the time between the moments of a build that is not killed.</summary>
    private async Task<List<Span>> MeasureAsync()
    {
        await PrepareAsync(0);
        var run = Project.RunAsync(Command);
        var watch = Stopwatch.StartNew();
        var times = new List<TimeSpan>();
        foreach (var moment in Moments)
        {
            await moment.ComesBeforeAsync(run);
            times.Add(watch.Elapsed);
        }

        (await run).AssertClean();
        return [.. Moments.SkipLast(1).Select((moment, i) => new Span(moment, times[i + 1] - times[i]))];
    }

    private async Task KillAsync(Span span)
    {
        using var kill = new CancellationTokenSource();
        var run = Prepare(Project.Folder, Command).ExecuteAsync(kill.Token).Task;
        if (await span.Start.ComesBeforeAsync(run))
            await Task.Delay(random.NextDouble() * span.Length);
        await kill.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // The build and all processes that it had started were killed.
        }
    }

    private async Task MakeGoodAsync(KillTable.Row row)
    {
        row.Kills++;
        var faults = (await FindFaultsOfKillAsync()).ToList();
        var next = await Project.RunAsync(Command);
        if (next.ExitCode == 0 && next.Warnings.Count == 0)
            faults.AddRange(FindFaults());
        else
            faults.Add(next.Output);

        if (faults.Count == 0)
            row.Green++;
        row.SecondJobs += JobsOfTheRound - 1;
        var leftovers = FindLeftovers();
        row.Leftovers += leftovers.Count;
        table.Faults.AddRange([.. faults, .. leftovers]);
        if (JobsOfTheRound != 1)
            table.Faults.Add($"{JobsOfTheRound} jobs instead of one");
    }
}

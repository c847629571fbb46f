using System.Diagnostics;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// A build is killed at any instant, and the next one makes it good. The instants are spread evenly over the moments that can be seen of a build
/// from outside, and at random over the time from each to the next. <c>KILLS</c> says how many there are, <c>SEED</c> which.
/// </summary>
public abstract class KillTests : FaultFixture
{
    private const int Phases = 3;

    private readonly Random random = new(Effort.Seed);
    private readonly KillTable table;
    private readonly int kills;

    /// <param name="phase">What is killed.</param>
    /// <param name="number">Which of the phases it is, from 0, among which the kills are shared out.</param>
    private protected KillTests(string phase, int number)
    {
        table = new KillTable(phase);
        kills = (Effort.Of("KILLS", 20) + number) / Phases;
    }

    private protected ConsumerProject Project { get; private set; } = null!;

    /// <summary>What is run, killed, and run again.</summary>
    private protected abstract string[] Command { get; }

    /// <summary>What can be seen of a build, in its order; after the last one its work is done.</summary>
    private protected abstract IReadOnlyList<Moment> Moments { get; }

    /// <summary>How much the server was made to do since the round began.</summary>
    private protected abstract int JobsOfTheRound { get; }

    /// <summary>Whether nothing was left to do when the build was killed.</summary>
    private protected abstract bool IsDone { get; }

    [Test]
    public async Task AreMadeGoodByTheNextBuild()
    {
        Project = MakeProject();
        (await Project.RunAsync("restore")).AssertClean();
        var spans = await MeasureAsync();

        for (var round = 1; table.Kills < kills; round++)
        {
            await PrepareAsync(round);
            // By the round, since a span may be over too quickly to be hit: moving files takes milliseconds.
            await KillAsync(spans[round % spans.Count]);
            if (IsDone)
                table.TooLate++;
            else
                await MakeGoodAsync(table.RowOf(FindState()));
            Assert.That(table.TooLate, Is.LessThan(10 + (2 * kills)), "builds whose work was done before they could be killed");
        }

        Print(table.ToString());
        Assert.That(table.Faults, Is.Empty);
    }

    private protected abstract ConsumerProject MakeProject();

    /// <summary>Makes work for a build.</summary>
    private protected abstract Task PrepareAsync(int round);

    /// <summary>Tells by what lies there how far the killed build came.</summary>
    private protected abstract string FindState();

    /// <summary>What is wrong with what the killed build left, before anything is built again.</summary>
    private protected virtual Task<IEnumerable<string>> FindFaultsOfKillAsync() => Task.FromResult(Enumerable.Empty<string>());

    /// <summary>What is wrong with the result of the next build.</summary>
    private protected abstract IEnumerable<string> FindFaults();

    private protected abstract IReadOnlyList<string> FindLeftovers();

    /// <summary>How long it takes from moment to moment when nobody kills.</summary>
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
            // Killed, with all that it had started.
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
            table.Faults.Add($"{JobsOfTheRound} jobs where one was to do");
    }
}

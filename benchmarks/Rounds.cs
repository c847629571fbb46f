namespace Benchmarks;

/// <summary>Contenders measured in alternating rounds, so that whatever else the machine does meets all of them alike.</summary>
internal static class Rounds
{
    /// <summary>How many rounds there are: seven, or as many as the variable <c>BENCHMARK_ROUNDS</c> says.</summary>
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_ROUNDS") ?? "7");

    /// <summary>Fewer, for what takes minutes each time.</summary>
    public static int AtMost(int count) => Math.Min(Count, count);

    /// <summary>What each contender, by its name, measured in each round.</summary>
    public static async Task<Dictionary<string, List<T>>> AlternateAsync<T>(int count, params (string Name, Func<Task<T>> Measure)[] contenders)
    {
        var measured = contenders.ToDictionary(contender => contender.Name, _ => new List<T>());
        for (var round = 0; round < count; round++)
        {
            foreach (var (name, measure) in contenders)
            {
                // What others wrote is not to be written to the disk while this one is measured.
                await Command.RunAsync(Path.GetTempPath(), "sync");
                measured[name].Add(await measure());
                Console.Error.WriteLine($"round {round + 1} of {count}: {name}: {measured[name][^1]}");
            }
        }

        return measured;
    }
}

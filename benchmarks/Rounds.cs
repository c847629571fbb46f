namespace Benchmarks;

/// <summary>Measures contenders in alternating rounds, so that other work of the machine affects all of them equally.</summary>
internal static class Rounds
{
    /// <summary>The number of rounds: the value of the environment variable <c>BENCHMARK_ROUNDS</c>, or seven.</summary>
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_ROUNDS") ?? "7");

    /// <summary>Returns <see cref="Count"/>, but at most the given number; for measurements that take minutes.</summary>
    public static int AtMost(int count) => Math.Min(Count, count);

    /// <summary>Returns the measurements of all rounds, by the name of the contender.</summary>
    public static async Task<Dictionary<string, List<T>>> AlternateAsync<T>(int count, params (string Name, Func<Task<T>> Measure)[] contenders)
    {
        var measured = contenders.ToDictionary(contender => contender.Name, _ => new List<T>());
        for (var round = 0; round < count; round++)
        {
            foreach (var (name, measure) in contenders)
            {
                // So that the system does not write the data of the other contenders to the disk while this one is measured.
                await Command.RunAsync(Path.GetTempPath(), "sync");
                measured[name].Add(await measure());
                Console.Error.WriteLine($"round {round + 1} of {count}: {name}: {measured[name][^1]}");
            }
        }

        return measured;
    }
}

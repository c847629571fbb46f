// One command per figure. Each compares in one run, in alternating rounds, prints its table, and puts it into its place in README.md.
//
//   dotnet run -c Release --project benchmarks -- install      the first install of a game: ours, other ways, the machine's limits
//   dotnet run -c Release --project benchmarks -- update       what an update costs, in time and in bytes
//   dotnet run -c Release --project benchmarks -- profile      where the time of an install goes
//   dotnet run -c Release --project benchmarks -- memory       the build's peak of memory, as games grow
//   dotnet run -c Release --project benchmarks -- uptodate     dotnet build when nothing changed
//   dotnet run -c Release --project benchmarks -- publish      dotnet publish of a clean checkout, and when nothing changed
//   dotnet run -c Release --project benchmarks -- jobs         when a finished job is noticed, and how often is asked
//   dotnet run -c Release --project benchmarks -- ratelimit    parallel builds under one limit: their time against the least possible
//   dotnet run -c Release --project benchmarks -- growth       time and memory as sizes and numbers of files grow, with plots
//   dotnet run -c Release --project benchmarks -- all          all of them

using Benchmarks;

var benchmarks = new Dictionary<string, Func<Report, Task>>
{
    ["install"] = InstallBenchmark.RunAsync,
    ["update"] = UpdateBenchmark.RunAsync,
    ["profile"] = ProfileBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["uptodate"] = UpToDateBenchmark.RunAsync,
    ["publish"] = PublishBenchmark.RunAsync,
    ["jobs"] = JobBenchmark.RunAsync,
    ["ratelimit"] = RateLimitBenchmark.RunAsync,
    ["growth"] = GrowthBenchmark.RunAsync,
};

if (args is not [var name] || (name != "all" && !benchmarks.ContainsKey(name)))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}, or all");
    return 1;
}

try
{
    foreach (var (section, benchmark) in benchmarks.Where(benchmark => name == "all" || name == benchmark.Key))
    {
        var report = new Report(section);
        await benchmark(report);
        await report.PublishAsync();
    }

    return 0;
}
catch (Exception error)
{
    // Caught, so that what a benchmark began is ended: an exception that nobody catches ends the process as it stands.
    Console.Error.WriteLine(error);
    return 1;
}

// One command per figure. Each command compares in one run, in alternating rounds, prints its tables, and writes them to their section of README.md.
//
//   dotnet run -c Release --project benchmarks -- install      the first install of a game: the package, the alternatives, the machine's limits
//   dotnet run -c Release --project benchmarks -- update       what an update and a second checkout cost, in time and in bytes
//   dotnet run -c Release --project benchmarks -- profile      where the time of an install goes
//   dotnet run -c Release --project benchmarks -- sizes        what the size report costs, compared with an install
//   dotnet run -c Release --project benchmarks -- archive      the archive of a large branch, compared with curl and unzip -t
//   dotnet run -c Release --project benchmarks -- memory       the peak memory of a build, for a small and a large game
//   dotnet run -c Release --project benchmarks -- disk         the space that the store needs after updates
//   dotnet run -c Release --project benchmarks -- uptodate     the package's own targets in an up-to-date dotnet build; dotnet restore
//   dotnet run -c Release --project benchmarks -- site         builds and publishes of a site, compared with the same site without a game
//   dotnet run -c Release --project benchmarks -- jobs         how soon a completed job is noticed, and the number of polls
//   dotnet run -c Release --project benchmarks -- ratelimit    parallel builds under one limit: their time compared with the minimum
//   dotnet run -c Release --project benchmarks -- serving      a published site with a game: requests per second, start-up, memory
//   dotnet run -c Release --project benchmarks -- play         a game in a browser: bytes of visits, the time to the first frame, compared with nginx
//   dotnet run -c Release --project benchmarks -- growth       time and memory as sizes and numbers of files grow, with plots
//   dotnet run -c Release --project benchmarks -- all          all of them

using Benchmarks;

var benchmarks = new Dictionary<string, Func<Report, Task>>
{
    ["install"] = InstallBenchmark.RunAsync,
    ["update"] = UpdateBenchmark.RunAsync,
    ["profile"] = ProfileBenchmark.RunAsync,
    ["sizes"] = SizeBenchmark.RunAsync,
    ["archive"] = ArchiveBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["disk"] = DiskBenchmark.RunAsync,
    ["uptodate"] = UpToDateBenchmark.RunAsync,
    ["site"] = SiteBenchmark.RunAsync,
    ["jobs"] = JobBenchmark.RunAsync,
    ["ratelimit"] = RateLimitBenchmark.RunAsync,
    ["serving"] = ServingBenchmark.RunAsync,
    ["play"] = PlayBenchmark.RunAsync,
    ["growth"] = GrowthBenchmark.RunAsync,
};

if (args.Length == 0 || args.Any(name => name != "all" && !benchmarks.ContainsKey(name)))
{
    Console.Error.WriteLine($"Name benchmarks: {string.Join(", ", benchmarks.Keys)}, or all");
    return 1;
}

try
{
    foreach (var section in args.Contains("all") ? [.. benchmarks.Keys] : args)
    {
        var report = new Report(section);
        await benchmarks[section](report);
        await report.PublishAsync();
    }

    return 0;
}
catch (Exception error)
{
    // Caught so that the benchmark disposes of what it started: an unhandled exception ends the process without running finally blocks.
    Console.Error.WriteLine(error);
    return 1;
}

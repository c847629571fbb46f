// One command per figure. Each compares in one run, in alternating rounds, and prints its table.
//
//   dotnet run -c Release --project benchmarks -- publish      publish time of a game: the SDK's defaults against ours
//   dotnet run -c Release --project benchmarks -- ratelimit    parallel builds under one limit: their time against the least possible

using Benchmarks;

return args switch
{
    ["publish"] => await PublishTime.RunAsync(),
    ["ratelimit"] => await RateLimits.RunAsync(),
    _ => Help(),
};

static int Help()
{
    Console.Error.WriteLine("Name a benchmark: publish, ratelimit");
    return 1;
}

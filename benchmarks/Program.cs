// One command per figure. Each compares in one run, in alternating rounds, and prints its table.
//
//   dotnet run -c Release --project benchmarks -- publish      publish time of a game: the SDK's defaults against ours

using Benchmarks;

return args switch
{
    ["publish"] => await PublishTime.RunAsync(),
    _ => Help(),
};

static int Help()
{
    Console.Error.WriteLine("Name a benchmark: publish");
    return 1;
}

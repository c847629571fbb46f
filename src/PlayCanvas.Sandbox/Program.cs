using PlayCanvas.Sandbox;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables("SANDBOX_").AddCommandLine(args).Build();
var options = new SandboxOptions
{
    ApiPort = 5080,
    StoragePort = 5081,
    Answered = request => Console.WriteLine($"  {request.Time:HH:mm:ss.fff} {request}, {request.BytesSent} bytes"),
};
configuration.Bind(options);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

try
{
    await using var sandbox = await SandboxServer.StartAsync(options);
    Greeting.Write(Console.Out, sandbox);
    await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    return 0;
}
catch (IOException exception)
{
    Console.Error.WriteLine($"{exception.Message} Another sandbox may be running. Add -- --ApiPort 0 --StoragePort 0 to use free ports.");
    return 1;
}

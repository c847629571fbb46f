namespace Benchmarks;

/// <summary>
/// The cost of an install: the seconds from the first request to the storage until all files are in place, the requests in that time, and the cost of
/// the whole command.
/// </summary>
internal sealed record InstallCost(double Seconds, IReadOnlyList<LoggedRequest> Requests, CommandCost Command)
{
    /// <summary>The number of bytes that the storage sent.</summary>
    public long Bytes => Requests.Where(request => request.IsOfStorage).Sum(request => request.Bytes);

    /// <param name="sandbox">The sandbox that receives the requests.</param>
    /// <param name="run">Downloads and unpacks the game.</param>
    /// <param name="last">A file that is written when the install is complete; if null, the install is complete when the command ends.</param>
    public static async Task<InstallCost> MeasureAsync(SandboxProcess sandbox, Func<Task<CommandCost>> run, string? last = null)
    {
        await sandbox.TakeRequestsAsync();
        var command = await run();
        var end = last is null ? DateTime.UtcNow : File.GetLastWriteTimeUtc(last);
        var requests = await sandbox.TakeRequestsAsync();
        var start = requests.Where(request => request.IsOfStorage).Min(request => request.Time);
        return new InstallCost((end - start).TotalSeconds, requests, command);
    }

    public override string ToString() => $"{Seconds:0.000} s, {Bytes / 1e6:0.000} MB, whole command {Command}";
}

namespace Benchmarks;

/// <summary>
/// What an install took: seconds from the first request to the storage until everything is in its place, what was asked for meanwhile, and
/// what the whole command took.
/// </summary>
internal sealed record InstallCost(double Seconds, IReadOnlyList<LoggedRequest> Requests, CommandCost Command)
{
    /// <summary>The bytes that came from the storage.</summary>
    public long Bytes => Requests.Where(request => request.IsOfStorage).Sum(request => request.Bytes);

    /// <param name="sandbox">Who is asked.</param>
    /// <param name="run">Fetches and unpacks.</param>
    /// <param name="last">A file that is written as soon as that is done; without one, it is done when the command is.</param>
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

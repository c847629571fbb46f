using System.Net;
using System.Reflection;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of the tasks that send requests to PlayCanvas.</summary>
public abstract class PlayCanvasServiceTask : PlayCanvasGameTask
{
    private readonly List<AccessToken> accessTokens = [];
    private ResultReporter? results;

    /// <summary>
    /// The connection to the service: <c>@(PlayCanvasConnection)</c>, or an item with the same metadata. Default: the connection of each game, since
    /// <c>@(PlayCanvasGame)</c> has the same metadata. An invalid value is an error that names the property: PLAYCANVAS1008 for the address,
    /// PLAYCANVAS1020 for a number; PLAYCANVAS1004, PLAYCANVAS1006, PLAYCANVAS1007 and PLAYCANVAS1024 for the access token.
    /// </summary>
    public ITaskItem? Connection { get; set; }

    /// <summary>Creates the HTTP handler; replaced by tests.</summary>
    internal Func<HttpMessageHandler> CreateHandler { get; set; } = HttpTransport.CreateHandler;

    /// <summary>Reads an environment variable; replaced by tests.</summary>
    internal Func<string, string?> GetEnvironmentVariable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Stores the rate limits; null for the file that all builds of this user share. Set by tests.</summary>
    internal IRateLimitStore? RateLimits { get; set; }

    /// <summary>Reports what the task does with each game.</summary>
    internal ResultReporter Results => results ??= new ResultReporter(this);

    private protected sealed override IReadOnlyList<ITaskItem> Connections => Connection is null ? [] : [Connection];

    internal sealed override string Redact(string text) => accessTokens.Aggregate(text, (masked, token) => token.Redact(masked));

    /// <summary>Opens the connection. Reads the token, but sends no request yet.</summary>
    internal ApiConnection Connect(ProjectGame game)
    {
        var settings = game.Connection;
        var accessToken = new AccessTokenReader(GetEnvironmentVariable)
            .Read(settings.AccessTokenFile is { } file ? game.FullPathOf(file) : null, settings.AccessTokenVariable, settings.UserSecretsId);
        accessTokens.Add(accessToken);
        var options = new ApiOptions(settings.BaseAddress, accessToken)
        {
            IsReadOnly = game.IsDryRun,
            UserAgent = UserAgent,
            RequestTimeout = settings.RequestTimeout,
            MaxRetries = settings.MaxRetries,
        };
        var rateLimits = RateLimits ?? new RateLimitFile(
            RateLimitFile.PathFor(settings.BaseAddress, accessToken.Reveal()), Clock, elapsed => SayStillWaiting("another build that uses the rate limit file", elapsed));
        return new ApiConnection(options, CreateHandler(), rateLimits, Clock, new ApiReporter(this));
    }

    /// <summary>Opens a connection to another server, without credentials.</summary>
    /// <param name="game">The game, whose settings of the connection apply.</param>
    /// <param name="address">The address of the server.</param>
    internal ApiConnection ConnectAnonymously(ProjectGame game, Uri address)
    {
        var settings = game.Connection;
        var options = new ApiOptions(address, AccessToken: null)
        {
            IsReadOnly = game.IsDryRun,
            UserAgent = UserAgent,
            RequestTimeout = settings.RequestTimeout,
            MaxRetries = settings.MaxRetries,
        };
        return new ApiConnection(options, CreateHandler(), new RateLimitMemory(), Clock, new ApiReporter(this));
    }

    /// <summary>Whether a project of this build, in this process, has requested an export already.</summary>
    internal bool IsExportOfThisBuild(string key) => BuildEngine4.GetRegisteredTaskObject(RegisteredName(key), RegisteredTaskObjectLifetime.Build) is not null;

    /// <summary>Records that this build has requested an export.</summary>
    internal void AddExportOfThisBuild(string key) =>
        BuildEngine4.RegisterTaskObject(RegisteredName(key), key, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);

    /// <summary>Warns of the inconsistencies of an export.</summary>
    /// <exception cref="ExportException">The project turns the warning into an error.</exception>
    internal void WarnOfExport(IReadOnlyList<string> problems)
    {
        var inconsistent = new ExportException(ExportFault.Inconsistent, problems);
        var diagnostic = DiagnosticTranslator.Translate(inconsistent)!;
        if (IsErrorHere(diagnostic))
            throw inconsistent;
        LogWarning(diagnostic);
    }

    /// <summary>Warns of assets that are left out of a game although it names them, and of patterns that select no asset.</summary>
    /// <param name="gamePath">The path of the game.</param>
    /// <param name="leftOut">What is left out; null for nothing.</param>
    /// <returns>Whether there was a warning.</returns>
    /// <exception cref="DiagnosticException">The project turns a warning into an error.</exception>
    internal bool WarnOfLeftOut(string gamePath, LeftOut? leftOut)
    {
        if (leftOut?.Mentions.Count > 0)
            WarnOrFail(Diagnostic.LeftOutMentioned(gamePath, string.Join("; ", leftOut.Mentions)));
        if (leftOut?.PatternsWithoutAssets.Count > 0)
            WarnOrFail(Diagnostic.PatternsWithoutAssets(gamePath, string.Join(", ", leftOut.PatternsWithoutAssets.Select(pattern => $"\"{pattern}\""))));
        return leftOut?.Mentions.Count + leftOut?.PatternsWithoutAssets.Count > 0;
    }

    /// <summary>Logs a warning.</summary>
    /// <exception cref="DiagnosticException">The project turns the warning into an error.</exception>
    internal void WarnOrFail(DiagnosticMessage diagnostic)
    {
        if (IsErrorHere(diagnostic))
            throw new DiagnosticException(diagnostic);
        LogWarning(diagnostic);
    }

    /// <summary>Creates a waiter for jobs that reports its progress every ten seconds.</summary>
    /// <param name="what">What is awaited, such as <c>publishing</c>.</param>
    /// <param name="timeout">The longest wait.</param>
    internal JobWaiter MakeWaiter(string what, TimeSpan timeout) => new(Clock, timeout, progress => SayNowAndThen(
        $"PlayCanvas: {what}, {progress.Elapsed.TotalSeconds:0} s{(progress.LastFailure is { } failure ? $" (the last request failed: {ApiJson.OneLine(failure.Summary)})" : "")}"));

    private static string RegisteredName(string key) => $"{nameof(PlayCanvasServiceTask)}/{key}";

    private static string UserAgent
    {
        get
        {
            var assembly = typeof(PlayCanvasServiceTask).Assembly;
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            return $"PlayCanvas.Build/{version.Split('+')[0]}";
        }
    }

    private void SayStillWaiting(string what, TimeSpan elapsed) => SayNowAndThen($"PlayCanvas: still waiting for {what}, {elapsed.TotalSeconds:0} s");

    /// <summary>Writes the events of requests to the build log.</summary>
    private sealed class ApiReporter(PlayCanvasServiceTask task) : IApiObserver
    {
        public void Answered(string request, HttpStatusCode status, TimeSpan elapsed) =>
            task.Trace($"PlayCanvas: {request} -> {(int)status} in {elapsed.TotalMilliseconds:0} ms");

        public void WaitingForRateLimit(string rateLimitClass, TimeSpan wait) =>
            task.Say($"PlayCanvas: the rate limit ({rateLimitClass}) is used up; waiting {Math.Ceiling(wait.TotalSeconds):0} s until it resets");

        public void StillWaiting(string what, TimeSpan elapsed) => task.SayStillWaiting(what, elapsed);

        public void Retrying(string request, string reason, int retry, int maxRetries, TimeSpan wait) =>
            task.Say($"PlayCanvas: {request} failed ({reason}); retry {retry} of {maxRetries} in {wait.TotalSeconds:0.0} s");
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of all tasks: the project, cancellation and logging.</summary>
[SuppressMessage("Design", "CA1001", Justification = "MSBuild does not dispose tasks, and Cancel may be called after Execute; the source allocates no handle until its WaitHandle is used.")]
public abstract class PlayCanvasTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    /// <summary>The longest time that the download of a game takes.</summary>
    private static readonly TimeSpan MaxDownload = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource cancellation = new();
    private readonly List<string> results = [];
    private ProgressTimer progress = new();

    /// <summary>The clock; replaced by tests.</summary>
    internal IClock Clock { get; set; } = new SystemClock();

    /// <summary>Returns the number of columns of a line of the build log; replaced by tests.</summary>
    internal Func<int> LineWidth { get; set; } = ConsoleWidth.OfALine;

    /// <summary>The codes of the warnings that the task has logged.</summary>
    internal List<string> WarningCodes { get; } = [];

    /// <summary>The codes of the errors that the task has logged.</summary>
    internal List<string> ErrorCodes { get; } = [];

    /// <summary>The project's file name without its extension, as MSBuild shows it.</summary>
    internal string ProjectName => Path.GetFileNameWithoutExtension(ProjectPath);

    /// <summary>The full path of the project file.</summary>
    private protected abstract string ProjectPath { get; }

    /// <summary>Runs the task. Errors are logged with a code and a help link.</summary>
    /// <returns>True when no error was logged. False when an error was logged, or when the build was cancelled.</returns>
    public sealed override bool Execute()
    {
        // Numbers and dates in messages, requests and files must be the same on every machine. The culture is set for this thread and flows to the
        // threads that the task starts; MSBuild's own culture is restored afterwards.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        progress = ProgressTimer.Of(BuildEngine4);
        progress.Begin(Clock.UtcNow);
        try
        {
            return RunAndReport();
        }
        finally
        {
            if (results.Count > 0)
                Say($"{ProjectName} -> {string.Join("; ", results)}");
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Cancels the task as soon as possible. May be called any number of times.</summary>
    public void Cancel()
    {
        if (!cancellation.IsCancellationRequested)
            cancellation.Cancel();
    }

    /// <summary>Does the work of the task. Failures are thrown.</summary>
    private protected abstract void Run(CancellationToken cancellationToken);

    /// <summary>Masks secrets in a text before it is logged: a server's response may repeat what the server received.</summary>
    internal virtual string Redact(string text) => text;

    /// <summary>Reports the results of the work that an error has ended.</summary>
    private protected virtual void ReportFailure()
    {
    }

    internal void LogError(DiagnosticMessage diagnostic)
    {
        ErrorCodes.Add(diagnostic.Code);
        Log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectPath, 0, 0, 0, 0, Redact(diagnostic.Text));
    }

    internal void LogWarning(DiagnosticMessage diagnostic)
    {
        WarningCodes.Add(diagnostic.Code);
        Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectPath, 0, 0, 0, 0, Redact(diagnostic.Text));
    }

    /// <summary>Whether the project turns this warning into an error (<c>WarningsAsErrors</c>, <c>TreatWarningsAsErrors</c>).</summary>
    internal bool IsErrorHere(DiagnosticMessage diagnostic) =>
        BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(diagnostic.Code);

    /// <summary>Logs a line that CI and the classic logger show; the terminal logger does not.</summary>
    internal void Say(string text)
    {
        progress.Restart(Clock.UtcNow);
        Log.LogMessage(MessageImportance.High, Redact(text));
    }

    /// <summary>Logs a line for <c>-v:normal</c>.</summary>
    internal void Note(string text) => Log.LogMessage(MessageImportance.Normal, Redact(text));

    /// <summary>Logs a line for <c>-v:detailed</c>.</summary>
    internal void Trace(string text) => Log.LogMessage(MessageImportance.Low, Redact(text));

    /// <summary>Logs a line of progress, unless a line was logged less than ten seconds ago.</summary>
    internal void SayNowAndThen(string text)
    {
        if (progress.IsDue(Clock.UtcNow))
            Say(text);
    }

    /// <summary>Does work that does not report its progress, and logs now and then how long it has taken so far.</summary>
    /// <param name="what">What is done, such as <c>game: comparing files</c>.</param>
    /// <param name="work">The work. It runs on another thread.</param>
    internal T SayWhile<T>(string what, Func<T> work)
    {
        var start = Clock.UtcNow;
        T result = default!;
        Workers.ForEach(
            [work],
            _ => run => result = run(),
            () => SayNowAndThen($"PlayCanvas: {what}, {(Clock.UtcNow - start).TotalSeconds:0} s"),
            CancellationToken.None);
        return result;
    }

    /// <summary>Creates a lock that waits for files that other builds hold, and reports the wait: at once, then every ten seconds.</summary>
    /// <param name="what">What is awaited, such as <c>another build</c>.</param>
    /// <param name="jobTimeout">The longest time that the other build waits for a job while it holds the file.</param>
    internal FileLock MakeLock(string what, TimeSpan jobTimeout)
    {
        var isSaid = false;
        return new FileLock(Clock, jobTimeout + MaxDownload, elapsed =>
        {
            var text = $"PlayCanvas: waiting for {what}, {elapsed.TotalSeconds:0} s";
            if (isSaid)
                SayNowAndThen(text);
            else
                Say(text);
            isSaid = true;
        });
    }

    /// <summary>Names the build that is awaited when a game's folder is locked.</summary>
    internal static string OtherBuild(string gameDirectory) => $"another build that is working on the game in \"{gameDirectory}\"";

    /// <summary>Logs what a dry run would do, also as the project's result.</summary>
    /// <param name="what">The verb, and what follows it.</param>
    private protected void SayPlan(string what)
    {
        Say($"PlayCanvas: would {what}");
        SayResult($"would {what}");
    }

    /// <summary>
    /// Adds a result to the line that ends the task. The terminal logger shows a line in this form as the result of the project, and only the last of
    /// several lines.
    /// </summary>
    internal void SayResult(string result) => results.Add(result);

    private bool RunAndReport()
    {
        try
        {
            Run(cancellation.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error) when (DiagnosticTranslator.Translate(error) is { } diagnostic)
        {
            LogError(diagnostic);
            ReportFailure();
        }
        catch (Exception error)
        {
            // MSBuild logs the complete text of an unexpected exception, so the text must not contain the token.
            var text = error.ToString();
            if (Redact(text) is var redacted && redacted != text)
                throw new InvalidOperationException(redacted);
            throw;
        }

        return !Log.HasLoggedErrors;
    }
}

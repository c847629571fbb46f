using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>The base class of all tasks: the project, cancellation and logging.</summary>
[SuppressMessage("Design", "CA1001", Justification = "MSBuild does not dispose tasks, and Cancel may be called after Execute; the source allocates no handle until its WaitHandle is used.")]
public abstract class PlayCanvasTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private protected const int DefaultJobSeconds = 1_800;

    /// <summary>The longest time that the download of a game takes.</summary>
    private static readonly TimeSpan LongestDownload = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource cancellation = new();
    private readonly ProgressTimer progress = new();

    /// <summary>The full path of the project file. Relative paths in other parameters are relative to its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The clock; replaced by tests.</summary>
    internal IClock Clock { get; set; } = new SystemClock();

    /// <summary>The project's file name without its extension, as MSBuild shows it.</summary>
    internal string ProjectName => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <summary>Runs the task. Errors are logged with a code and a help link.</summary>
    /// <returns>True when no error was logged. False when an error was logged, or when the build was cancelled.</returns>
    public sealed override bool Execute()
    {
        // Numbers and dates in messages, requests and files must be the same on every machine. The culture is set for this thread and flows to the
        // threads that the task starts; MSBuild's own culture is restored afterwards.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return RunAndReport();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Cancels the task as soon as possible. May be called any number of times.</summary>
    public void Cancel()
    {
        if (!cancellation.IsCancellationRequested)
            cancellation.Cancel();
    }

    /// <summary>The longest time that the service may work on a job.</summary>
    private protected virtual TimeSpan LongestJob => TimeSpan.FromSeconds(DefaultJobSeconds);

    /// <summary>The longest time that a build holds a file: it waits for a job, and downloads.</summary>
    private TimeSpan LongestHold => LongestJob + LongestDownload;

    /// <summary>Does the work of the task. Failures are thrown.</summary>
    private protected abstract void Run(CancellationToken cancellationToken);

    /// <summary>Masks secrets in a text before it is logged: a server's response may repeat what the server received.</summary>
    private protected virtual string Redact(string text) => text;

    /// <summary>Resolves a path from a property against the project's folder.</summary>
    private protected string FullPathOf(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, path));

    private protected void LogError(DiagnosticMessage diagnostic) =>
        Log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectFile, 0, 0, 0, 0, Redact(diagnostic.Text));

    private protected void LogWarning(DiagnosticMessage diagnostic) =>
        Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectFile, 0, 0, 0, 0, Redact(diagnostic.Text));

    /// <summary>Whether the project turns this warning into an error (<c>WarningsAsErrors</c>, <c>TreatWarningsAsErrors</c>).</summary>
    private protected bool IsErrorHere(DiagnosticMessage diagnostic) =>
        BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(diagnostic.Code);

    /// <summary>Logs a line that CI and the classic logger show; the terminal logger does not.</summary>
    private protected void Say(string text)
    {
        progress.Restart(Clock.UtcNow);
        Log.LogMessage(MessageImportance.High, Redact(text));
    }

    /// <summary>Logs a line for <c>-v:normal</c>.</summary>
    private protected void Note(string text) => Log.LogMessage(MessageImportance.Normal, Redact(text));

    /// <summary>Logs a line for <c>-v:detailed</c>.</summary>
    private protected void Trace(string text) => Log.LogMessage(MessageImportance.Low, Redact(text));

    /// <summary>Logs a line of progress, unless a line was logged less than ten seconds ago.</summary>
    private protected void SayNowAndThen(string text)
    {
        if (progress.IsDue(Clock.UtcNow))
            Say(text);
    }

    /// <summary>Creates a lock that waits for files that other builds hold, and reports the wait: at once, then every ten seconds.</summary>
    /// <param name="what">What is awaited, such as <c>another build</c>.</param>
    private protected FileLock MakeLock(string what)
    {
        var isSaid = false;
        return new FileLock(Clock, LongestHold, elapsed =>
        {
            var text = $"PlayCanvas: waiting for {what}, {elapsed.TotalSeconds:0} s";
            if (isSaid)
                SayNowAndThen(text);
            else
                Say(text);
            isSaid = true;
        });
    }

    private protected static string OtherBuild(string gameDirectory) => $"another build that is working on the game in \"{gameDirectory}\"";

    /// <summary>Logs the result. The terminal logger shows a line in this form as the project's result.</summary>
    private protected void SayResult(string result) => Say($"{ProjectName} -> {result}");

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
        }
        catch (Exception error) when (error.ToString() is var everything && Redact(everything) is var redacted && redacted != everything)
        {
            // MSBuild logs the complete text of an unexpected exception, so the text must not contain the token.
            throw new InvalidOperationException(redacted);
        }

        return !Log.HasLoggedErrors;
    }
}

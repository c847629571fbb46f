using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>What the tasks have in common: the project they work for, cancellation, and how they report.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Nobody disposes tasks, and Cancel may come after Execute; the source holds no handle until somebody waits on it.")]
public abstract class PlayCanvasTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private protected const int DefaultJobSeconds = 1_800;

    /// <summary>No download of a game takes longer.</summary>
    private static readonly TimeSpan LongestDownload = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource cancellation = new();
    private readonly ProgressTimer progress = new();

    /// <summary>Full path of the project file. Relative paths in other parameters start at its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Time, for tests.</summary>
    internal IClock Clock { get; set; } = new SystemClock();

    /// <summary>The project's file name without its extension, as MSBuild shows it.</summary>
    internal string ProjectName => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <summary>Runs the task. Errors are logged with a code and a help link.</summary>
    /// <returns>True when no error was logged. False without an error when the build was cancelled.</returns>
    public sealed override bool Execute()
    {
        // Numbers and dates in messages, requests and files are the same on every machine. The culture belongs to this thread and flows
        // to those that the task starts; MSBuild gets its own back.
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

    /// <summary>Ends the task as soon as it can. May be called any number of times.</summary>
    public void Cancel()
    {
        if (!cancellation.IsCancellationRequested)
            cancellation.Cancel();
    }

    /// <summary>How long the service may work on a job.</summary>
    private protected virtual TimeSpan LongestJob => TimeSpan.FromSeconds(DefaultJobSeconds);

    /// <summary>Longer than any build holds a file: it waits for a job, and downloads.</summary>
    private TimeSpan LongestHold => LongestJob + LongestDownload;

    /// <summary>Does the work; what goes wrong is thrown.</summary>
    private protected abstract void Run(CancellationToken cancellationToken);

    /// <summary>Takes secrets out of a text before anybody sees it: a server may repeat in its answer what it was sent.</summary>
    private protected virtual string Redact(string text) => text;

    /// <summary>A path that a person wrote, from the project's folder.</summary>
    private protected string FullPathOf(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, path));

    private protected void LogError(DiagnosticMessage diagnostic) =>
        Log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectFile, 0, 0, 0, 0, Redact(diagnostic.Text));

    private protected void LogWarning(DiagnosticMessage diagnostic) =>
        Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, ProjectFile, 0, 0, 0, 0, Redact(diagnostic.Text));

    /// <summary>Whether the project wants this warning to be an error (<c>WarningsAsErrors</c>, <c>TreatWarningsAsErrors</c>).</summary>
    private protected bool IsErrorHere(DiagnosticMessage diagnostic) =>
        BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(diagnostic.Code);

    /// <summary>A line that continuous integration and the classic logger show; the terminal logger does not.</summary>
    private protected void Say(string text)
    {
        progress.Restart(Clock.UtcNow);
        Log.LogMessage(MessageImportance.High, Redact(text));
    }

    /// <summary>A line for <c>-v:normal</c>.</summary>
    private protected void Note(string text) => Log.LogMessage(MessageImportance.Normal, Redact(text));

    /// <summary>A line for <c>-v:detailed</c>.</summary>
    private protected void Trace(string text) => Log.LogMessage(MessageImportance.Low, Redact(text));

    /// <summary>A line of progress, unless a line was shown less than ten seconds ago.</summary>
    private protected void SayNowAndThen(string text)
    {
        if (progress.IsDue(Clock.UtcNow))
            Say(text);
    }

    /// <summary>Waits for files that other builds hold, and says so: at once, then every ten seconds.</summary>
    /// <param name="what">What is waited for, such as <c>another build</c>.</param>
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

    /// <summary>The line in this form is the one that the terminal logger shows, as the project's result.</summary>
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
            // MSBuild writes down all of an error that nobody expected.
            throw new InvalidOperationException(redacted);
        }

        return !Log.HasLoggedErrors;
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>What the tasks have in common: the project they work for, cancellation, and how they report.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Nobody disposes tasks, and Cancel may come after Execute; the source holds no handle until somebody waits on it.")]
public abstract class PlayCanvasTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>Full path of the project file. Relative paths in other parameters start at its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The project's file name without its extension, as MSBuild shows it.</summary>
    internal string ProjectName => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <summary>Runs the task. Errors are logged with a code and a help link.</summary>
    /// <returns>True when no error was logged. False without an error when the build was cancelled.</returns>
    public sealed override bool Execute()
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

    /// <summary>Ends the task as soon as it can. May be called any number of times.</summary>
    public void Cancel()
    {
        if (!cancellation.IsCancellationRequested)
            cancellation.Cancel();
    }

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
    private protected void Say(string text) => Log.LogMessage(MessageImportance.High, Redact(text));

    /// <summary>A line for <c>-v:normal</c>.</summary>
    private protected void Note(string text) => Log.LogMessage(MessageImportance.Normal, Redact(text));

    /// <summary>A line for <c>-v:detailed</c>.</summary>
    private protected void Trace(string text) => Log.LogMessage(MessageImportance.Low, Redact(text));

    private protected void SayWaiting(string gameDirectory) => Say($"PlayCanvas: waiting for another build that works on the game in \"{gameDirectory}\"");

    /// <summary>The line in this form is the one that the terminal logger shows, as the project's result.</summary>
    private protected void SayResult(string result) => Say($"{ProjectName} -> {result}");
}

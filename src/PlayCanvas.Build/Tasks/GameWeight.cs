using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Sizing;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>What a game weighs in a build: whether it keeps to the budgets of the project, and how it differs from the version before.</summary>
internal sealed class GameWeight
{
    private readonly PlayCanvasServiceTask task;
    private readonly GameSituation situation;
    private readonly IReadOnlyList<Budget> budgets;
    private readonly string? reportDirectory;

    /// <summary>The entry of the lock file before this build writes it.</summary>
    private readonly LockEntry? locked;

    private readonly Dictionary<string, GameSizes> measured = [];
    private GameContent? before;
    private string? last;

    /// <param name="task">Logs.</param>
    /// <param name="situation">The game.</param>
    /// <param name="budgets">The budgets of the game.</param>
    /// <param name="reportDirectory">The folder for the size report of a game that a budget refuses; null for none.</param>
    public GameWeight(PlayCanvasServiceTask task, GameSituation situation, IReadOnlyList<Budget> budgets, string? reportDirectory)
    {
        (this.task, this.situation, this.budgets, this.reportDirectory) = (task, situation, budgets, reportDirectory);
        locked = situation.Lock.Entry;
    }

    /// <summary>Whether a budget was exceeded by so little that the game is used nevertheless.</summary>
    public bool HasWarned { get; private set; }

    /// <summary>Compares a content with the budgets, before the project uses it.</summary>
    /// <exception cref="DiagnosticException">It exceeds a budget, so that it must not be used.</exception>
    public void Check(GameContent content)
    {
        if (content.Directory == last)
            return;

        before = situation.Folder.Current;
        last = content.Directory;
        SayIncomparable(content);
        if (budgets.Count == 0)
            return;

        var baseline = Baseline(content);
        var check = new BudgetCheck(SizesOf(content), baseline);
        foreach (var reason in budgets.Select(check.Incomparable).OfType<string>())
            task.Say($"PlayCanvas: {situation.Game.Path}: {reason}");
        try
        {
            Report([.. budgets.SelectMany(check.Check)]);
        }
        catch (DiagnosticException)
        {
            WriteReport(content, baseline);
            throw;
        }
    }

    /// <summary>Returns what a result says about a content, compared with the one that the project used before; null when its files cannot be read.</summary>
    public SizeSummary? Describe(GameContent content)
    {
        try
        {
            return SizeSummary.Of(PartsOf(content), content.Directory == last && Previous(content) is { } previous ? PartsOf(previous) : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ExportException)
        {
            return null;
        }
    }

    /// <summary>Says why a clean checkout does not show what an update changes, and what is known of it.</summary>
    private void SayIncomparable(GameContent content)
    {
        if (before is not null || locked is null || locked.Content == content.Manifest.ContentId || FindLocked() is not null)
            return;

        var growth = content.Manifest.TotalSize + (content.Manifest.LeftOut?.Bytes ?? 0) - locked.Bytes;
        task.Say(
            $"PlayCanvas: {situation.Game.Path}: {Sizes.Format(Math.Abs(growth))} {(growth < 0 ? "smaller" : "larger")} than the locked version, {ContentId.Shorten(locked.Content)}; "
            + "what has changed is not known by asset, because the files of that version are not on this machine");
    }

    /// <summary>Logs all findings. The last error is thrown, since it ends the work on the game.</summary>
    private void Report(IReadOnlyList<BudgetFinding> findings)
    {
        var errors = findings.Where(finding => finding.Limit.IsError).ToList();
        foreach (var finding in findings.Where(finding => !finding.Limit.IsError))
        {
            HasWarned = true;
            task.WarnOrFail(Diagnostic.BudgetWarned(situation.Game.Path, finding.Budget.Name, finding.What, finding.Causes));
        }

        var diagnostics = errors.ConvertAll(finding => Diagnostic.BudgetExceeded(situation.Game.Path, finding.Budget.Name, finding.What, finding.Causes));
        foreach (var diagnostic in diagnostics.Take(diagnostics.Count - 1))
            task.LogError(diagnostic);
        if (diagnostics.Count > 0)
            throw new DiagnosticException(diagnostics[diagnostics.Count - 1]);
    }

    /// <summary>Writes the size report of a content that is refused: it shows what must become smaller.</summary>
    private void WriteReport(GameContent content, BudgetBaseline? baseline)
    {
        if (reportDirectory is null)
            return;

        var report = new GameReport(task, situation.Game, situation.Store, reportDirectory);
        try
        {
            report.Write(content, Previous(content) ?? situation.Folder.Previous, budgets, baseline);
            task.Say($"PlayCanvas: {situation.Game.Path}: the size report of the refused game is \"{report.PagePath}\"");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            task.Say($"PlayCanvas: {situation.Game.Path}: the size report of the refused game could not be written: {error.Message}");
        }
    }

    /// <summary>
    /// Returns what the growth is measured from: the locked content, or without a lock file the content in use; null when there is none, or when it
    /// is the same.
    /// </summary>
    private BudgetBaseline? Baseline(GameContent content)
    {
        if (!situation.Lock.IsOn)
            return before is null || before.Manifest.ContentId == content.Manifest.ContentId ? null : Baseline(before, "the version in use, ");
        if (locked is null || locked.Content == content.Manifest.ContentId)
            return null;
        return FindLocked() is { } found
            ? Baseline(found, "the locked version, ")
            : new BudgetBaseline(
                $"the locked version, {ContentId.Shorten(locked.Content)}", situation.Exclusion.IsEmpty ? locked.Bytes : null, Sizes: null);
    }

    private BudgetBaseline Baseline(GameContent content, string name) =>
        new(name + ContentId.Shorten(content.Manifest.ContentId), content.Manifest.TotalSize, SizesOf(content));

    /// <summary>Returns the content that a result compares with: the one in use before, or on a machine without it the locked one.</summary>
    private GameContent? Previous(GameContent content)
    {
        if (before is not null)
            return before.Directory == content.Directory ? null : before;
        return locked is null || locked.Content == content.Manifest.ContentId ? null : FindLocked();
    }

    /// <summary>Returns the content that was locked before this build, without what the project leaves out; null when this machine does not have it.</summary>
    private GameContent? FindLocked()
    {
        var id = locked!.Content;
        if (before?.Manifest.ContentId == id)
            return before;
        return situation.FindHere(id) ?? (situation.Exclusion.AdaptationId == AdaptationId.Current ? situation.Store.Find(id) : null);
    }

    private ContentSizes PartsOf(GameContent content) => content.Manifest.Sizes ?? SizesOf(content).OfParts;

    private GameSizes SizesOf(GameContent content)
    {
        if (!measured.TryGetValue(content.Directory, out var sizes))
            measured[content.Directory] = sizes = GameSizes.Of(content);
        return sizes;
    }
}

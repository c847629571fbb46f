using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Download;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Fetches a locked content that this machine does not have: from the team's store, or else the export that the service's build record still
/// offers.
/// </summary>
/// <param name="task">Logs, and connects to servers.</param>
/// <param name="game">The game.</param>
/// <param name="entry">The locked content.</param>
/// <param name="connect">Connects to the service.</param>
internal sealed class LockedContentSource(PlayCanvasServiceTask task, ProjectGame game, LockEntry entry, Func<PlayCanvasClient> connect)
{
    private ExportExpectation Expected => new()
    {
        ContentId = entry.Content,
        ExportedAt = task.Clock.UtcNow,
        IsSource = game.Settings.IsSource,
    };

    /// <summary>Adds the content to the store; returns null when none of them has it.</summary>
    /// <param name="download">Adds a content to the store.</param>
    /// <param name="reasons">Gets the reason for each place that does not have it.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="OptionException">The address of the team's store is invalid.</exception>
    public InstallResult? TryInstall(ContentDownload download, List<string> reasons, CancellationToken cancellationToken) =>
        FromTeam(team => team.TryInstall(entry.Content, ConnectToTeam, download, Expected, cancellationToken), reasons)
            ?? FromService(export => export.Install(download, Expected, cancellationToken), reasons);

    /// <summary>Returns the place that has the content, in words; null when none of them has it. Nothing is downloaded.</summary>
    /// <param name="reasons">Gets the reason for each place that does not have it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="OptionException">The address of the team's store is invalid.</exception>
    public string? Find(List<string> reasons, CancellationToken cancellationToken)
    {
        return FromTeam(team => team.Has(entry.Content, ConnectToTeam, cancellationToken) ? Options.ExportSource.Property : null, reasons) ?? FromService(FindAtService, reasons);

        string FindAtService(RecordedExport export)
        {
            export.Check(cancellationToken);
            return $"build {entry.Build} of the service";
        }
    }

    private ApiConnection ConnectToTeam(Uri address) => task.ConnectAnonymously(game, address);

    private T? FromTeam<T>(Func<TeamStore, T?> get, List<string> reasons)
        where T : class
    {
        if (game.TeamStore is not { } team)
            return null;

        var file = TeamStore.FileNameOf(entry.Content);
        try
        {
            var result = get(team);
            if (result is null)
                reasons.Add($"{Options.ExportSource.Property} does not have {file}");
            return result;
        }
        catch (Exception error) when (error is ExportException or ExportDownloadException or ApiException or IOException or UnauthorizedAccessException)
        {
            task.LogWarning(Diagnostic.TeamExportUnusable(file, ReasonOf(error)));
            reasons.Add($"{file} in {Options.ExportSource.Property} cannot be used");
            return null;
        }
    }

    private T? FromService<T>(Func<RecordedExport, T> get, List<string> reasons)
        where T : class
    {
        if (entry.Build is not { } buildId)
        {
            reasons.Add("the lock file does not name a build of the service");
            return null;
        }

        try
        {
            return get(new RecordedExport(connect(), entry.Project, buildId));
        }
        catch (RecordedExportException gone)
        {
            reasons.Add(gone.Message);
        }
        catch (Exception error) when (error is ExportException or ExportDownloadException or ApiException && !DiagnosticTranslator.IsServiceUnavailable(error))
        {
            reasons.Add($"the export of build {buildId} cannot be used: {ReasonOf(error)}");
        }

        return null;
    }

    private static string ReasonOf(Exception error) => error is ExportException { Fault: ExportFault.OtherContent }
        ? $"it holds the content {ContentId.Shorten(error.Message)}"
        : ApiJson.OneLine(error.Message).TrimEnd('.');
}

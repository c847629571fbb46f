using System.Globalization;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>Makes the entry of the lock file for a content that was just exported.</summary>
/// <param name="values">The options of the game.</param>
/// <param name="client">Looks up what the export does not say: the name of its branch, and its build record.</param>
internal sealed class LockEntryMaker(OptionValues values, PlayCanvasClient client)
{
    /// <param name="manifest">The content.</param>
    /// <param name="intent">The request of the export.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public LockEntry Make(GameManifest manifest, AppIntent intent, CancellationToken cancellationToken)
    {
        var facts = manifest.Facts;
        var exported = manifest.Files.Select(file => file.Exported).ToList();
        var projectId = intent.Request.ProjectId;
        return new LockEntry
        {
            Project = projectId,
            Branch = BranchOf(projectId, facts.BranchId ?? intent.Request.BranchId, cancellationToken),
            Scenes = facts.Scenes.Count > 0
                ? ScenesOf(manifest)
                : [.. intent.Request.Scenes.Select(id => new LockedName(id.ToString(CultureInfo.InvariantCulture), null))],
            Settings = Options.All.Where(IsSetting)
                .Select(option => (option.Name, Value: values.Canonical(option)))
                .Where(setting => setting.Value.Length > 0)
                .OrderBy(setting => setting.Name, StringComparer.Ordinal)
                .ToDictionary(setting => setting.Name, setting => setting.Value),
            Engine = facts.EngineVersion,
            Build = intent.BuildId ?? BuildOf(projectId, intent.JobId, cancellationToken),
            Checkpoints = facts.Checkpoints,
            Files = exported.Count,
            Bytes = exported.Sum(file => file.Size),
            Content = manifest.ContentId,
            Parts = ContentId.OfParts(exported).ToDictionary(part => part.Key.ToString().ToLowerInvariant(), part => part.Value),
        };
    }

    /// <summary>Returns the ids and the names of the scenes that an export contains.</summary>
    public static IReadOnlyList<LockedName> ScenesOf(GameManifest manifest) =>
        [.. manifest.Facts.Scenes.Select(scene => new LockedName(Path.GetFileNameWithoutExtension(scene.Path), scene.Name))];

    /// <summary>Whether an option belongs to the settings of an entry: the other compared options have their own members.</summary>
    private static bool IsSetting(Option option) =>
        option.IsCompared && option != Options.ProjectId && option != Options.Branch && option != Options.Scenes && option != Options.ExportFile;

    private LockedName? BranchOf(long projectId, string? branchId, CancellationToken cancellationToken)
    {
        if (branchId is null)
            return null;

        try
        {
            return new LockedName(branchId, client.ListBranches(projectId, cancellationToken).FirstOrDefault(branch => branch.Id == branchId)?.Name);
        }
        catch (ApiException)
        {
            // The name is only for readers of the lock file.
            return new LockedName(branchId, null);
        }
    }

    private string? BuildOf(long projectId, string? jobId, CancellationToken cancellationToken)
    {
        try
        {
            return jobId is null ? null : client.ListNewestBuilds(projectId, BuildType.Download, cancellationToken)?.FirstOrDefault(build => build.JobId == jobId)?.Id;
        }
        catch (ApiException)
        {
            // Without the record, the content can still be had from a store.
            return null;
        }
    }
}

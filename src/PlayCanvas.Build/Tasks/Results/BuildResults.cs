using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>The results that one project has had in this build so far. All tasks of the build that write the same file share them.</summary>
internal sealed class BuildResults
{
    private readonly Dictionary<string, GameResult> downloads = [];
    private readonly Dictionary<string, PublishResult> publishes = [];
    private readonly List<ArchiveResult> archives = [];
    private readonly Dictionary<string, DeletionResult> deletions = [];

    /// <summary>What this build has deleted without publishing anything.</summary>
    public IReadOnlyList<DeletionResult> Deletions
    {
        get
        {
            lock (deletions)
                return [.. deletions.Values];
        }
    }

    /// <summary>The publishes; null as long as this build has not published anything.</summary>
    public IReadOnlyList<PublishResult>? Publishes
    {
        get
        {
            lock (publishes)
                return publishes.Count == 0 ? null : [.. publishes.Values];
        }
    }

    /// <summary>The archives; null as long as this build has not saved any.</summary>
    public IReadOnlyList<ArchiveResult>? Archives
    {
        get
        {
            lock (archives)
                return archives.Count == 0 ? null : [.. archives];
        }
    }

    /// <summary>Returns the results of this build that belong to a file.</summary>
    /// <param name="engine">Keeps them until the build ends.</param>
    /// <param name="path">The full path of the file.</param>
    public static BuildResults Of(IBuildEngine4 engine, string path)
    {
        var key = $"{nameof(BuildResults)}/{path}";
        if (engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is BuildResults known)
            return known;

        var results = new BuildResults();
        engine.RegisterTaskObject(key, results, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return results;
    }

    /// <summary>Returns the result of a game; null when this build had nothing to do for it.</summary>
    public GameResult? Download(string gamePath)
    {
        lock (downloads)
            return downloads.TryGetValue(gamePath, out var result) ? result : null;
    }

    public void Add(BuildResult result)
    {
        if (result is GameResult download)
        {
            lock (downloads)
                downloads[result.Path] = download;
        }
        else if (result is PublishResult publish)
        {
            lock (publishes)
                publishes[result.Path] = publish;
        }
        else if (result is ArchiveResult archive)
        {
            lock (archives)
                archives.Add(archive);
        }
        else if (result is DeletionResult deletion)
        {
            lock (deletions)
                deletions[result.Path] = deletion;
        }
    }
}

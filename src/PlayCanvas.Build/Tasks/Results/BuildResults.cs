using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>The results that one project has had in this build so far. All tasks of the build that write the same file share them.</summary>
internal sealed class BuildResults
{
    private readonly List<BuildResult> results = [];

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

    /// <summary>Returns the results of a kind, in the order in which the build began with them.</summary>
    public IReadOnlyList<T> All<T>()
        where T : BuildResult
    {
        lock (results)
            return [.. results.OfType<T>()];
    }

    /// <summary>Adds a result. It replaces an earlier one of the same kind about the same thing.</summary>
    public void Add(BuildResult result)
    {
        lock (results)
        {
            var known = results.FindIndex(other => other.GetType() == result.GetType() && other.Subject == result.Subject);
            if (known < 0)
                results.Add(result);
            else
                results[known] = result;
        }
    }
}

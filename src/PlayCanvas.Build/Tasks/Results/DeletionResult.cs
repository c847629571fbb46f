using Newtonsoft.Json;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>The apps that a build deleted for a game, without publishing a new one.</summary>
internal sealed record DeletionResult : BuildResult
{
    /// <summary>The apps; in a dry run, those that would be deleted.</summary>
    [JsonProperty("deleted")]
    public IReadOnlyList<PublishedApp> Deleted { get; init; } = [];

    /// <summary>The number of apps in words, for the result line of the terminal logger.</summary>
    [JsonIgnore]
    public string Summary
    {
        get
        {
            var apps = Deleted.Count == 1 ? "1 app" : $"{Deleted.Count} apps";
            return Outcome == Results.Outcome.Planned ? $"would delete {apps}" : $"{apps} deleted";
        }
    }
}

using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>What a build did to publish a game's app.</summary>
internal sealed record PublishResult : BuildResult
{
    /// <summary>The app; null when there is none.</summary>
    [JsonProperty("app")]
    public PublishedApp? App { get; init; }

    /// <summary>Whether this build made the app the project's primary one.</summary>
    [JsonProperty("isPrimary")]
    public bool IsPrimary { get; init; }

    /// <summary>The app that was the primary one before; null when there was none, or this build did not look.</summary>
    [JsonProperty("previousApp")]
    public PublishedApp? PreviousApp { get; init; }

    /// <summary>The older apps that this build deleted; null when the game keeps all of them.</summary>
    [JsonProperty("deleted")]
    public IReadOnlyList<PublishedApp>? Deleted { get; init; }

    /// <summary>Whether the version was published before, as another app.</summary>
    [JsonIgnore]
    public bool IsSecondTime { get; init; }

    /// <summary>The app in a few words, for the result line of the terminal logger, which makes a link of a line that begins with an address.</summary>
    [JsonIgnore]
    public string Summary
    {
        get
        {
            if (Outcome == Results.Outcome.Planned)
                return Plan ?? "";

            var version = App?.Version is { Length: > 0 } text ? $"version {text}{(IsSecondTime ? " a second time" : "")}, " : "";
            var details = $"{version}app {App?.Id}{Remark}{(Deleted is { Count: > 0 } deleted ? $", {deleted.Count} deleted" : "")}";
            return App?.Url is { } url ? $"{url} ({details})" : details;
        }
    }

    private string Remark => Outcome switch
    {
        Results.Outcome.Reused => ", published before",
        Results.Outcome.Primary when PreviousApp is { } previous => $", primary instead of {(previous.Version is { Length: > 0 } version ? $"version {version}, " : "")}app {previous.Id}",
        Results.Outcome.Primary => ", primary",
        _ => "",
    };
}

/// <summary>An app, as a script needs it.</summary>
/// <param name="Id">The app's id; null in a dry run.</param>
/// <param name="Name">The app's name.</param>
/// <param name="Version">The app's version; null when it has none.</param>
/// <param name="Url">Where the app can be played; null when it is not known.</param>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record PublishedApp(
    [property: JsonProperty("id")] long? Id,
    [property: JsonProperty("name")] string? Name,
    [property: JsonProperty("version")] string? Version,
    [property: JsonProperty("url")] string? Url)
{
    public static PublishedApp Of(App app) => new(app.Id, app.Name, app.Version, OptionValues.Trimmed(app.Url));
}

using Newtonsoft.Json;

namespace PlayCanvas.Build.Games.Project;

/// <summary>The record of the content that a project uses for a game, and of what led to it.</summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record GameInUse
{
    /// <summary>Increased when an older package could misread a newer record.</summary>
    public const int CurrentVersion = 1;

    [JsonProperty("version")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The id of the content.</summary>
    [JsonProperty("contentId")]
    public string ContentId { get; init; } = "";

    /// <summary>The name of the folder with the game's files, beside this record.</summary>
    [JsonProperty("directory")]
    public string Directory { get; init; } = "";

    /// <summary>The name of the folder of the content that the project used before; null when it used none.</summary>
    [JsonProperty("previous", Required = Required.Default, NullValueHandling = NullValueHandling.Ignore)]
    public string? Previous { get; init; }

    /// <summary>When the export was created (UTC), or the time of the zip file that was installed.</summary>
    [JsonProperty("exportedAt")]
    public DateTimeOffset ExportedAt { get; init; }

    /// <summary>The requested parameters, one per line, in a form that does not depend on how the project writes them.</summary>
    [JsonProperty("parameters")]
    public string Parameters { get; init; } = "";

    /// <summary>The entry of the lock file, as JSON; null without a lock file.</summary>
    [JsonProperty("lockEntry", Required = Required.AllowNull)]
    public string? LockEntry { get; init; }
}

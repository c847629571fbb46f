using Newtonsoft.Json;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Download;

/// <summary>
/// The last export with some parameters that a build on this machine requested. After an interrupted wait, the next build continues with the same
/// job instead of using up another of the few requests that the rate limit allows, and builds that want the same export at the same time share it.
/// </summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record ExportRecord
{
    /// <summary>The requested parameters.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The request, and the job from the service's response.</summary>
    public AppIntent Intent { get; init; } = new();

    /// <summary>The id of the export's content; null until it is in the store.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public string? ContentId { get; init; }

    /// <summary>When the content was added to the store (UTC); null until then.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public DateTimeOffset? InstalledAt { get; init; }

    /// <summary>The folder of the game in the project that installed the export first; null until then.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public string? InstalledFor { get; init; }

    public static ExportRecord? TryRead(string path) => JsonFile.TryRead<ExportRecord>(path);

    /// <summary>Writes the record, and creates its folder if it does not exist.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        JsonFile.Write(path, this);
    }
}

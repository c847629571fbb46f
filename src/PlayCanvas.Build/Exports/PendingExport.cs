using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Exports.Folder;

namespace PlayCanvas.Build.Exports;

/// <summary>
/// An export that was asked for and is not installed yet. A build that was interrupted while waiting takes the same job up again
/// instead of spending another of the few requests that are allowed.
/// </summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record PendingExport
{
    /// <summary>What was asked for, in the words of the targets.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The body that was, or was about to be, sent.</summary>
    public AppRequest Request { get; init; } = new();

    /// <summary>The server's time before sending.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The server's job; null until its answer has come.</summary>
    [JsonProperty(Required = Required.AllowNull)]
    public string? JobId { get; init; }

    public static PendingExport? TryRead(GameFolder folder)
    {
        try
        {
            return File.Exists(folder.PendingPath) ? JsonConvert.DeserializeObject<PendingExport>(File.ReadAllText(folder.PendingPath)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(GameFolder folder) => GameFolder.WriteAtomically(folder.PendingPath, JsonConvert.SerializeObject(this));
}

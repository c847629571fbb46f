using Newtonsoft.Json;
using PlayCanvas.Build.Api.Once;
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

    /// <summary>The request, and the job that the service's answer named.</summary>
    public RequestIntent Intent { get; init; } = new();

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

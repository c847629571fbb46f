using Newtonsoft.Json;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.Download;

/// <summary>
/// An export that was requested and is not installed yet. After an interrupted wait, the next build continues with the same job instead of using up
/// another of the few requests that the rate limit allows.
/// </summary>
[JsonObject(ItemRequired = Required.Always)]
internal sealed record PendingExport
{
    /// <summary>The requested parameters: the parameters of the manifest.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>The request, and the job from the service's response.</summary>
    public RequestIntent Intent { get; init; } = new();

    public static PendingExport? TryRead(GameFolder folder) => JsonFile.TryRead<PendingExport>(folder.PendingPath);

    public void Write(GameFolder folder) => JsonFile.Write(folder.PendingPath, this);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Folder;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks;

/// <summary>The intent in a file of the project's intermediate folder, one for each app; held by one build at a time.</summary>
internal sealed class PublishIntentFile : IPublishIntentStore, IDisposable
{
    private readonly string path;
    private readonly IDisposable heldLock;

    private PublishIntentFile(string path, IDisposable heldLock)
    {
        this.path = path;
        this.heldLock = heldLock;
    }

    /// <summary>Waits until no other build publishes this app from this project.</summary>
    public static PublishIntentFile Open(string directory, AppRequest request, FileLock locks, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"publish-{NameOf(request)}.json");
        return new PublishIntentFile(path, locks.Acquire(Path.ChangeExtension(path, ".lock"), cancellationToken));
    }

    public PublishIntent? Read()
    {
        try
        {
            return File.Exists(path) ? JsonConvert.DeserializeObject<PublishIntent>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(PublishIntent intent) => GameFolder.WriteAtomically(path, JsonConvert.SerializeObject(intent));

    public void Delete() => File.Delete(path);

    public void Dispose() => heldLock.Dispose();

    private static string NameOf(AppRequest request)
    {
        using var hash = SHA256.Create();
        var digest = hash.ComputeHash(Encoding.UTF8.GetBytes($"{request.ProjectId.ToString(CultureInfo.InvariantCulture)}\n{request.Name}"));
        return BitConverter.ToString(digest, 0, 6).Replace("-", "").ToLowerInvariant();
    }
}

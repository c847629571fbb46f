using System.Globalization;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>The name of the file for the intent of a request.</summary>
/// <param name="Locked">What only one build at a time works on: all requests for it have the same lock.</param>
/// <param name="Request">What distinguishes the request from others for the same.</param>
internal sealed record IntentName(string Locked, string Request)
{
    /// <summary>The folder below the user's local application data; null when the user has no home.</summary>
    public static string? UserDirectory =>
        OptionValues.Trimmed(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)) is { } home
            ? Path.Combine(home, "PlayCanvas.Build", "publishes")
            : null;

    /// <summary>The name for a publish. Only one build at a time publishes an app.</summary>
    /// <param name="server">The API's address.</param>
    /// <param name="request">What is published.</param>
    public static IntentName OfPublish(Uri server, AppRequest request) =>
        new($"publish-{Digest($"{server}\n{ProjectOf(request)}\n{request.Name}")}", Digest($"{request.BranchId}\n{request.Version}"));

    /// <summary>The name for the checkpoint of a publish. Only one build at a time makes a checkpoint of a branch.</summary>
    /// <param name="server">The API's address.</param>
    /// <param name="release">What is published, with the id of its branch.</param>
    public static IntentName OfCheckpoint(Uri server, AppRequest release) =>
        new($"checkpoint-{Digest($"{server}\n{ProjectOf(release)}\n{release.BranchId}")}", Digest($"{release.Name}\n{release.Version}"));

    public string PathIn(string directory) => Path.Combine(directory, $"{Locked}-{Request}.json");

    public string LockPathIn(string directory) => Path.Combine(directory, Locked + ".lock");

    private static string ProjectOf(AppRequest request) => request.ProjectId.ToString(CultureInfo.InvariantCulture);

    private static string Digest(string text) => Sha256.Prefix(text, 6);
}

using System.Globalization;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Games.State;

/// <summary>
/// The small files beside the manifest, each of which holds one fact of it: the targets, and tasks that only need this fact, read them instead of
/// the whole manifest. <see cref="GameStateFiles"/> holds their names.
/// </summary>
internal static class GameState
{
    /// <summary>The format of the time in <see cref="GameStateFiles.Exported"/>: UTC, such as <c>2026-11-30 05:14:38Z</c>.</summary>
    private const string ExportedFormat = "u";

    public static void Write(GameFolder folder, GameManifest manifest) => Write(folder, manifest, manifest.ToJson());

    /// <summary>Writes all files of the state. The manifest is the last one: its time shows that the files before it are complete.</summary>
    /// <param name="folder">The game's folder.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="json">The manifest's JSON, which a caller may need twice.</param>
    public static void Write(GameFolder folder, GameManifest manifest, string json)
    {
        AtomicFile.Write(folder.FileListPath, MSBuildItemList.Write(manifest.Files.Select(file => file.Path)));
        AtomicFile.Write(folder.ParametersPath, manifest.BuildParameters);
        AtomicFile.Write(folder.ExportedPath, manifest.ExportedAt.UtcDateTime.ToString(ExportedFormat, CultureInfo.InvariantCulture));
        if (manifest.Problems.Count > 0)
            AtomicFile.Write(folder.ProblemsPath, string.Join("\n", manifest.Problems));
        else
            File.Delete(folder.ProblemsPath);
        AtomicFile.Write(folder.ManifestPath, json);
    }

    /// <summary>Returns the time at which the installed export was created, or null when it cannot be read.</summary>
    public static DateTimeOffset? TryReadExportedAt(GameFolder folder)
    {
        try
        {
            return DateTimeOffset.TryParseExact(
                File.ReadAllText(folder.ExportedPath).Trim(), ExportedFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exportedAt)
                    ? exportedAt
                    : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Hosting.Content;

/// <summary>
/// The JSON file beside the program that names the site's games: <c>&lt;name&gt;.playcanvas.json</c> in the output of a build, and
/// <c>playcanvas.json</c> in a published site.
/// </summary>
internal sealed class GameIndex(string path)
{
    private const string PublishedName = "playcanvas.json";
    private const string BuiltExtension = ".playcanvas.json";
    private const int Version = 1;

    /// <summary>The path of the file.</summary>
    public string FullPath { get; } = path;

    /// <summary>Returns the file for the application of this name, or <c>null</c> if there is none.</summary>
    public static GameIndex? Find(string baseDirectory, string? applicationName)
    {
        var entryAssembly = Assembly.GetEntryAssembly()?.GetName().Name;
        foreach (var name in (string?[])[applicationName, entryAssembly])
        {
            if (IsFileName(name) && InDirectory(baseDirectory, name + BuiltExtension) is { } built)
                return built;
        }

        // The application may have a custom name, and test projects and tools run it from another entry assembly.
        if (Directory.Exists(baseDirectory) && Directory.GetFiles(baseDirectory, "*" + BuiltExtension) is [var only])
            return new GameIndex(only);
        return InDirectory(baseDirectory, PublishedName);
    }

    /// <summary>Reads the games that the file names.</summary>
    /// <exception cref="JsonException">The file is not JSON, or was written for another version of this assembly.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public IReadOnlyList<GameEntry> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(FullPath));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("It is not a JSON object.");
        if (!document.RootElement.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
            throw new JsonException($"Its version is not {Version}.");

        var games = new List<GameEntry>();
        if (document.RootElement.TryGetProperty("games", out var entries) && entries.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in entries.EnumerateArray())
                games.Add(ReadEntry(entry));
        }

        return games;
    }

    /// <summary>Reads the paths of the games; an unreadable file names none.</summary>
    public IReadOnlyList<string> ReadPaths()
    {
        try
        {
            return [.. Read().Select(game => game.Path)];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return [];
        }
    }

    /// <summary>Whether the exception says that a file could not be read or does not contain what it should.</summary>
    public static bool IsUnreadable(Exception error) => error is JsonException or IOException or UnauthorizedAccessException;

    private GameEntry ReadEntry(JsonElement entry)
    {
        var path = Text("path").Trim('/');
        if (path.Length == 0)
            throw new JsonException("A game does not have a path.");
        var isFlat = entry.TryGetProperty("isFlat", out var value) && value.ValueKind == JsonValueKind.True;
        return new GameEntry(path, Resolve(Text("directory")), Resolve(Text("manifest")), isFlat);

        string Text(string name) => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new JsonException($"A game does not have the text \"{name}\".");
    }

    private string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(FullPath)!);

    private static GameIndex? InDirectory(string directory, string name)
    {
        var path = Path.GetFullPath(Path.Combine(directory, name));
        return File.Exists(path) ? new GameIndex(path) : null;
    }

    private static bool IsFileName([NotNullWhen(true)] string? name) => !string.IsNullOrEmpty(name) && Path.GetFileName(name) == name;
}

/// <summary>A game that the file beside the program names.</summary>
/// <param name="Path">The path below the root of the site, without slashes at its ends.</param>
/// <param name="Directory">The full path of the folder with the game's files.</param>
/// <param name="Manifest">The full path of the game's manifest.</param>
/// <param name="IsFlat">Whether the folder contains all files under their stored names, as in <c>obj/</c>.</param>
internal sealed record GameEntry(string Path, string Directory, string Manifest, bool IsFlat)
{
    /// <summary>Returns the path in the folder of a file with a path in the game.</summary>
    public string LocationOf(string file) => IsFlat ? StoredName.Of(file) : file;
}

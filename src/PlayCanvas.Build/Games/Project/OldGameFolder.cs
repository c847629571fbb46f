using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Project;

/// <summary>
/// A game's folder below <c>wwwroot/</c>. Earlier versions of this package installed games there, and a mirror that has been switched off may be there;
/// files there would be served in place of the game, or never.
/// </summary>
/// <param name="path">The full path.</param>
internal sealed class OldGameFolder(string path)
{
    private const string StateFolder = ".playcanvas";
    private const string Manifest = StateFolder + "/.manifest.json";

    private readonly string mirrorList = Path.Combine(path, EntryPaths.MirrorList);

    /// <summary>Removes what this package has installed.</summary>
    /// <exception cref="FolderNotOursException">The folder contains other files; they stay.</exception>
    public void Remove()
    {
        if (File.Exists(mirrorList))
            Mirror.Remove(CancellationToken.None);
        if (!Directory.Exists(path))
            return;

        foreach (var file in InstalledFiles().Where(file => EntryPaths.IsPortable(file) && !EntryPaths.FoldersOf(file).Any(IsLink)))
            Delete(GameContent.Join(path, file));
        var state = Path.Combine(path, StateFolder);
        if (Directory.Exists(state))
        {
            Directory.Delete(state, recursive: true);
            File.Delete(Path.Combine(path, EntryPaths.MirrorIgnore));
        }

        DeleteEmptyFolders(new DirectoryInfo(path));
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).FirstOrDefault() is { } other)
            throw NotOurs(Path.GetFileName(other));
    }

    /// <summary>Checks that <see cref="Remove"/> would find only what this package has installed. Nothing is deleted.</summary>
    /// <returns>False when the folder does not exist.</returns>
    /// <exception cref="FolderNotOursException">The folder contains other files.</exception>
    public bool CheckCanBeRemoved()
    {
        if (!Directory.Exists(path))
            return false;

        var installed = new HashSet<string>(InstalledFiles().Concat(Mirror.FindWritten()), StringComparer.Ordinal) { EntryPaths.MirrorIgnore, EntryPaths.MirrorList };
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => file.Substring(path.TrimEnd('/', '\\').Length + 1).Replace('\\', '/'));
        if (files.FirstOrDefault(file => !installed.Contains(file) && !file.StartsWith(StateFolder + "/", StringComparison.Ordinal)) is { } other)
            throw NotOurs(other.Split('/')[0]);
        return true;
    }

    private GameMirror Mirror => new(path, mirrorList);

    private FolderNotOursException NotOurs(string name) => new(path, $"it contains \"{name}\", which this package did not put there and which the game would hide");

    /// <summary>Whether a folder leads to another place, whose files are not deleted.</summary>
    private bool IsLink(string folder) =>
        new DirectoryInfo(GameContent.Join(path, folder)) is { Exists: true } info && info.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static void Delete(string file)
    {
        if (File.Exists(file))
            File.Delete(file);
    }

    private IReadOnlyList<string> InstalledFiles()
    {
        var manifest = GameContent.Join(path, Manifest);
        if (!File.Exists(manifest))
            return [];

        try
        {
            var files = JObject.Parse(File.ReadAllText(manifest))["Files"] as JArray ?? [];
            return [.. files.Select(file => (string?)(file as JArray)?.FirstOrDefault()).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void DeleteEmptyFolders(DirectoryInfo folder)
    {
        foreach (var inner in folder.EnumerateDirectories().Where(inner => !inner.Attributes.HasFlag(FileAttributes.ReparsePoint)))
            DeleteEmptyFolders(inner);
        if (!folder.EnumerateFileSystemInfos().Any())
            folder.Delete();
    }
}

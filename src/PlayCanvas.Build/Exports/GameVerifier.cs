using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Exports;

/// <summary>Verifies that the files of an export are a complete game, and the requested one.</summary>
internal static class GameVerifier
{
    private const int MaxNamedProblems = 5;

    private const string VersionInHeader = @"PlayCanvas Engine v(\d+\.\d+\.\d+[\w.-]*)";

    /// <summary>The number of characters in which the engine's comment is expected. If it is not there, the whole engine is searched.</summary>
    private const int EngineHeaderLength = 4096;

    /// <summary>Checks by the file names alone whether the export is of the requested kind.</summary>
    /// <exception cref="ExportException">The export is a Vite project, but a game was requested.</exception>
    /// <exception cref="ExportException">The export is not a Vite project, but one was requested.</exception>
    /// <exception cref="ExportException">The export is not a complete game.</exception>
    public static void CheckLayout(IEnumerable<string> names, ExportExpectation expected)
    {
        var all = new HashSet<string>(names, StringComparer.Ordinal);
        var isSource = ExportLayout.IsSource(all);
        if (isSource && !expected.IsSource)
            throw new ExportException(ExportFault.IsSource, "the export is an npm project");
        if (!isSource && expected.IsSource)
            throw new ExportException(ExportFault.Mismatch, "an npm project was requested, but the export is a game");
        if (!isSource && ExportLayout.MissingFrom(all) is { Count: > 0 } missing)
            throw new ExportException(ExportFault.Incomplete, [.. missing.Select(name => $"{name} is missing")]);
    }

    /// <summary>Compares the files with the request, and with what the export itself states about them.</summary>
    /// <exception cref="ExportException">The configuration cannot be read.</exception>
    /// <exception cref="ExportException">The files are of other scenes or of another branch.</exception>
    public static GameFacts Verify(IExportedGame game, ExportExpectation expected)
    {
        if (game.Config is not { } config)
            return new GameFacts();

        CheckScenes(config, expected);
        var assets = config.AssetFiles.ToList();
        var origins = config.ScenePaths.ToDictionary(path => path, path => OriginOf(game, path));
        var problems = config.ScenePaths.Select(path => ProblemOfScene(path, origins[path], expected))
            .Concat(PathsInPage(game).Select(path => ProblemOfReference(game, path)))
            .Concat(assets.Select(asset => ProblemOfAsset(game, asset)))
            .OfType<FileProblem>()
            .GroupBy(problem => problem.Path)
            .Select(sameFile => sameFile.First())
            .ToList();

        // Several assets may share a file, and a font has several files.
        var verified = new HashSet<string>(assets.Where(asset => IsCompared(game, asset)).SelectMany(asset => asset.PagePaths));
        verified.ExceptWith(problems.Select(problem => problem.Path));
        return new GameFacts
        {
            VerifiedFiles = verified.Count,
            EngineVersion = EngineVersionOf(game),
            Problems = NameFirst(problems),
            Scenes = config.Scenes,
            BranchId = origins.Values.Select(origin => origin?.BranchId).FirstOrDefault(id => id is not null),
            Checkpoints = [.. origins.Values.Select(origin => origin?.CheckpointId).OfType<string>().Distinct()],
            SharedMemory = config.SharedMemory,
        };
    }

    private static IReadOnlyList<string> NameFirst(IReadOnlyList<FileProblem> problems)
    {
        var named = problems.Take(MaxNamedProblems).Select(problem => problem.Text);
        var others = problems.Count - MaxNamedProblems;
        return [.. named, .. others > 0 ? [$"{others} more"] : Array.Empty<string>()];
    }

    private static FileProblem? ProblemOfScene(string path, SceneOrigin? origin, ExportExpectation expected)
    {
        if (origin is null)
            return FileProblem.Missing(path);
        if (expected.BranchId is not null && origin.BranchId is { } branch && branch != expected.BranchId)
            throw new ExportException(ExportFault.Mismatch, $"branch {expected.BranchId} was requested, but the export is from branch {branch}");
        return origin.IsReadable ? null : new FileProblem(path, $"{path} is not valid JSON");
    }

    private static IEnumerable<string> PathsInPage(IExportedGame game) =>
        game.Has(ExportLayout.Page) ? GamePage.PathsOfScriptsAndStyles(File.ReadAllText(game.LocationOf(ExportLayout.Page))) : [];

    private static FileProblem? ProblemOfReference(IExportedGame game, string path) =>
        game.Has(path) ? null : new FileProblem(path, $"{path}, which {ExportLayout.Page} refers to, is missing");

    private static FileProblem? ProblemOfAsset(IExportedGame game, AssetFile asset)
    {
        var missing = asset.PagePaths.FirstOrDefault(path => !game.Has(path));
        if (missing is not null)
            return asset.MayBeAbsent && missing == asset.Path ? null : FileProblem.Missing(missing);
        if (!IsCompared(game, asset))
            return null;

        var md5 = asset.Pages == 1 ? game.Md5Of(asset.Path) : Md5.OfFiles(asset.PagePaths.Select(game.LocationOf));
        return md5.Equals(asset.Hash, StringComparison.OrdinalIgnoreCase) ? null : new FileProblem(asset.Path, $"{asset.Path} does not match its hash");
    }

    /// <summary>Whether the file with all its pages exists and has a hash.</summary>
    private static bool IsCompared(IExportedGame game, AssetFile asset) => !string.IsNullOrEmpty(asset.Hash) && asset.PagePaths.All(game.Has);

    private static void CheckScenes(GameConfig config, ExportExpectation expected)
    {
        var came = config.ScenePaths.Select(Path.GetFileNameWithoutExtension).ToList();
        var missing = expected.Scenes.Where(id => !came.Contains($"{id}")).ToList();
        if (missing.Count > 0)
            throw new ExportException(ExportFault.Mismatch, $"it lacks the requested {(missing.Count == 1 ? "scene" : "scenes")} {string.Join(", ", missing)} and contains {(came.Count == 0 ? "no scenes" : string.Join(", ", came))}");
    }

    /// <summary>
    /// Reads what a scene says about its origin; returns null when the file is missing. A scene may be many megabytes and these properties are among
    /// its first, so the scene is not loaded as a whole.
    /// </summary>
    private static SceneOrigin? OriginOf(IExportedGame game, string path)
    {
        if (!game.Has(path))
            return null;

        using var text = new StreamReader(game.LocationOf(path));
        using var json = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        string? branch = null, checkpoint = null;
        try
        {
            while ((branch is null || checkpoint is null) && json.Read())
            {
                if (json.Depth != 1 || json.TokenType != JsonToken.PropertyName)
                    continue;
                if ((string?)json.Value == "branch_id")
                    branch = json.ReadAsString();
                else if ((string?)json.Value == "checkpoint_id")
                    checkpoint = json.ReadAsString();
            }

            return new SceneOrigin(branch, checkpoint, IsReadable: true);
        }
        catch (JsonException)
        {
            return new SceneOrigin(branch, checkpoint, IsReadable: false);
        }
    }

    private static string? EngineVersionOf(IExportedGame game)
    {
        var engine = ExportLayout.EngineFiles.FirstOrDefault(game.Has);
        if (engine is null)
            return null;

        using var text = new StreamReader(game.LocationOf(engine), Encoding.UTF8);
        var start = new char[EngineHeaderLength];
        var header = new string(start, 0, text.ReadBlock(start, 0, start.Length));
        var match = Regex.Match(header, VersionInHeader);
        if (match.Success && match.Index + match.Length < header.Length)
            return match.Groups[1].Value;

        var whole = header + text.ReadToEnd();
        match = Regex.Match(whole, VersionInHeader);
        if (!match.Success)
            match = Regex.Match(whole, "=\"(\\d+\\.\\d+\\.\\d+)\"");
        return match.Success ? match.Groups[1].Value : null;
    }

    /// <summary>A problem with a file that the export names.</summary>
    private sealed record FileProblem(string Path, string Text)
    {
        public static FileProblem Missing(string path) => new(path, $"{path} is missing");
    }

    /// <summary>What a scene says about its origin. Exports from before 2021 do not say it.</summary>
    private sealed record SceneOrigin(string? BranchId, string? CheckpointId, bool IsReadable);
}

/// <summary>What the files of a game reveal about it.</summary>
internal sealed record GameFacts
{
    /// <summary>The number of files that match their hashes in <c>config.json</c>.</summary>
    public int VerifiedFiles { get; init; }

    /// <summary>The engine's version, such as <c>2.20.6</c>; null when it could not be determined.</summary>
    public string? EngineVersion { get; init; }

    /// <summary>The inconsistencies of the export, each as a part of a sentence: the first few files, each once, and the number of the others.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The scenes, in their order.</summary>
    public IReadOnlyList<GameScene> Scenes { get; init; } = [];

    /// <summary>The id of the branch that the game was exported from; null when the scenes do not name it.</summary>
    public string? BranchId { get; init; }

    /// <summary>The ids of the checkpoints that the scenes name, in the order of the scenes.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>Whether the game shares memory between threads, which browsers allow only on pages with certain headers.</summary>
    public bool SharedMemory { get; init; }
}

using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using PlayCanvas.Build.Exports.Install;

namespace PlayCanvas.Build.Exports;

/// <summary>Checks that the files of an export are a whole game, and the one that was asked for.</summary>
internal static class GameVerifier
{
    private const string Page = "index.html";
    private const string ClassicEngine = "playcanvas-stable.min.js";
    private const string ModuleEngine = "js/playcanvas-stable.min.mjs";
    private const string ModuleEntry = "js/index.mjs";
    private const string SourceManifest = "package.json";
    private const int MostProblemsToName = 5;

    /// <summary>Tells from the names alone whether this is the kind of export that was asked for.</summary>
    /// <exception cref="ExportIsSourceException">It is a Vite project, and a game was wanted.</exception>
    /// <exception cref="ExportMismatchException">It is none, and one was wanted.</exception>
    /// <exception cref="ExportIncompleteException">It is no whole game.</exception>
    public static void CheckLayout(IEnumerable<string> names, ExportExpectation expected)
    {
        var all = new HashSet<string>(names, StringComparer.Ordinal);
        var isSource = all.Contains(SourceManifest) && !all.Contains(GameConfig.FileName);
        if (isSource && !expected.IsSource)
            throw new ExportIsSourceException();
        if (!isSource && expected.IsSource)
            throw new ExportMismatchException("an npm project was asked for, and none came");
        if (isSource)
            return;

        var missing = new[] { Page, GameConfig.FileName }.Where(name => !all.Contains(name)).ToList();
        if (!all.Contains(ClassicEngine) && !all.Contains(ModuleEntry))
            missing.Add($"{ClassicEngine} or {ModuleEntry}");
        if (missing.Count > 0)
            throw new ExportIncompleteException([.. missing.Select(name => $"{name} is missing")]);
    }

    /// <summary>Compares the files with what <c>config.json</c> and the request say.</summary>
    /// <exception cref="ExportIncompleteException">Files are missing or differ.</exception>
    /// <exception cref="ExportMismatchException">They are of other scenes or of another branch.</exception>
    public static GameFacts Verify(StagedGame game, ExportExpectation expected)
    {
        if (game.Config is not { } config)
            return new GameFacts(0, EngineVersion: null);

        var problems = config.ScenePaths.Where(path => !game.Has(path)).Select(path => $"{path} is missing").ToList();
        var verified = 0;
        foreach (var asset in config.AssetFiles)
        {
            if (ProblemOf(game, asset) is { } problem)
                problems.Add(problem);
            else if (asset.Hash is not null && game.Has(asset.Path))
                verified++;
        }

        if (problems.Count > MostProblemsToName)
            problems = [.. problems.Take(MostProblemsToName), $"{problems.Count - MostProblemsToName} more"];
        if (problems.Count > 0)
            throw new ExportIncompleteException(problems);

        CheckScenes(config, expected);
        CheckBranch(game, config, expected);
        return new GameFacts(verified, EngineVersionOf(game));
    }

    private static string? ProblemOf(StagedGame game, AssetFile asset)
    {
        var missing = asset.PagePaths.FirstOrDefault(path => !game.Has(path));
        if (missing is not null)
            return asset.MayBeAbsent && missing == asset.Path ? null : $"{missing} is missing";
        if (string.IsNullOrEmpty(asset.Hash))
            return null;

        var md5 = asset.Pages == 1 ? game.Md5Of(asset.Path) : Md5.OfFiles(asset.PagePaths.Select(game.LocationOf));
        return md5.Equals(asset.Hash, StringComparison.OrdinalIgnoreCase) ? null : $"{asset.Path} differs from its hash";
    }

    private static void CheckScenes(GameConfig config, ExportExpectation expected)
    {
        var came = config.ScenePaths.Select(Path.GetFileNameWithoutExtension).ToList();
        var missing = expected.Scenes.Where(id => !came.Contains($"{id}")).ToList();
        if (missing.Count > 0)
            throw new ExportMismatchException($"scene {string.Join(", ", missing)} was asked for and {string.Join(", ", came)} came");
    }

    private static void CheckBranch(StagedGame game, GameConfig config, ExportExpectation expected)
    {
        if (expected.BranchId is null)
            return;

        foreach (var path in config.ScenePaths)
        {
            if (ReadTopLevelText(game, path, "branch_id") is { } branch && branch != expected.BranchId)
                throw new ExportMismatchException($"branch {expected.BranchId} was asked for and {branch} came");
        }
    }

    /// <summary>A scene may be many megabytes, and what is looked for is one of its first fields, so it is not loaded as a whole.</summary>
    private static string? ReadTopLevelText(StagedGame game, string path, string property)
    {
        using var text = new StreamReader(game.LocationOf(path));
        using var json = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        try
        {
            while (json.Read())
            {
                if (json.Depth == 1 && json.TokenType == JsonToken.PropertyName && (string?)json.Value == property)
                    return json.ReadAsString();
            }
        }
        catch (JsonException)
        {
            throw new ExportIncompleteException([$"{path} is no JSON"]);
        }

        return null;
    }

    private static string? EngineVersionOf(StagedGame game)
    {
        var engine = new[] { ClassicEngine, ModuleEngine, ModuleEntry }.FirstOrDefault(game.Has);
        if (engine is null)
            return null;

        var text = File.ReadAllText(game.LocationOf(engine), Encoding.UTF8);
        var match = Regex.Match(text, @"PlayCanvas Engine v(\d+\.\d+\.\d+[\w.-]*)");
        if (!match.Success)
            match = Regex.Match(text, "=\"(\\d+\\.\\d+\\.\\d+)\"");
        return match.Success ? match.Groups[1].Value : null;
    }
}

/// <summary>What the files of a game tell about it.</summary>
/// <param name="VerifiedFiles">How many were compared with a hash of <c>config.json</c>.</param>
/// <param name="EngineVersion">Such as <c>2.20.6</c>; null when it could not be found out.</param>
internal sealed record GameFacts(int VerifiedFiles, string? EngineVersion);

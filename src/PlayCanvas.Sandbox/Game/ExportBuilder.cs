using System.Text;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Builds the files of an export in PlayCanvas's layout.</summary>
internal sealed class ExportBuilder(Game game, ExportSettings settings, Engine engine)
{
    private const string EngineScript = "playcanvas-stable.min.js";
    private const string ModuleEntry = "js/index.mjs";
    private const string ModuleFolder = "js/esm-scripts/";
    private const string EngineModule = "js/playcanvas-stable.min.mjs";
    private const string BundledScripts = "__game-scripts.js";

    private readonly List<ExportFile> files = [];

    public static IReadOnlyList<ExportFile> Build(Game game, ExportSettings settings, Engine engine)
    {
        var builder = new ExportBuilder(game, settings, engine);
        return settings.Format == "npm" ? builder.BuildNpm() : builder.BuildStatic();
    }

    private List<ExportFile> BuildStatic()
    {
        if (game.HasModules)
            AddModules();
        else
            AddScripts();
        AddGame();
        Add("styles.css", Template.Fill("styles.css"));
        Add("manifest.json", Template.Fill("manifest.json", ("title", game.Title)));
        Add("logo.png", GameContent.FromBytes(Pictures.Checker(32)));
        if (engine.License is not null)
            Add("playcanvas-stable.min.js.LICENSE.txt", engine.License);
        foreach (var (path, content) in game.RootFiles)
            Add(path, content);
        if (settings.PreloadBundle)
            AddPreloadBundles();
        return files;
    }

    // The layout of games without modules.
    private void AddScripts()
    {
        Add("index.html", Template.Fill("index.html", ("title", game.Title)));
        Add("__settings__.js", Template.Fill("__settings__.js", ("scene", SceneUrl(settings.Scenes[0])), ("scripts", ScriptIds())));
        Add("__modules__.js", Template.Fill("__modules__.js"));
        Add("__start__.js", Template.Fill("__start__.js"));
        Add("__loading__.js", Template.Fill("__loading__.js", ("title", game.Title)));
        Add(EngineScript, engine.Script);
    }

    // The layouts of games with modules. If scripts are concatenated, js/index.mjs contains the engine, and js/esm.mjs the scripts that are modules.
    private void AddModules()
    {
        Add("index.html", Template.Fill("modules/index.html", ("title", game.Title), ("engine", settings.Concatenate ? ModuleEntry : EngineModule)));
        if (settings.Concatenate)
            AddBundles();
        else
            AddModuleFiles();
    }

    private void AddBundles()
    {
        var start = Start("", ModuleSettings("() => import('./esm.mjs')").Replace("export default", "const settings =", StringComparison.Ordinal));
        Add(ModuleEntry, GameContent.FromText($"{engine.Module.ReadAllText()}\n{start.ReadAllText()}"));
        Add("js/esm.mjs", GameContent.FromText(string.Join('\n', Modules.Select(ScriptText))));
    }

    private void AddModuleFiles()
    {
        Add(EngineModule, engine.Module);
        Add("js/__settings__.mjs", GameContent.FromText(ModuleSettings("null")));
        Add(ModuleEntry, Start("import moduleSettings from './__settings__.mjs';", "const settings = moduleSettings;"));
        foreach (var module in Modules)
            Add(ModuleFolder + module.Name, GameContent.FromText($"/* exported by the sandbox */\n{ScriptText(module)}"));
    }

    private static GameContent Start(string imports, string settings) => Template.Fill("modules/start.mjs", ("imports", imports), ("settings", settings));

    private string ModuleSettings(string bundle) => Template
        .Fill("modules/__settings__.mjs", ("scene", SceneUrl(settings.Scenes[0])), ("scripts", ScriptIds()), ("bundle", bundle))
        .ReadAllText();

    private IEnumerable<GameAsset> Modules => game.Assets.Where(asset => asset.IsModule);

    // A Vite project: the served files are under public/, and the project cannot be served without being built.
    private List<ExportFile> BuildNpm()
    {
        AddGame();
        List<ExportFile> moved =
        [
            new("package.json", Json.Content(new JsonObject
            {
                ["name"] = "sandbox-game",
                ["private"] = true,
                ["type"] = "module",
                ["scripts"] = new JsonObject { ["dev"] = "vite", ["build"] = "vite build" },
                ["dependencies"] = new JsonObject { ["playcanvas"] = "^2.0.0" },
                ["devDependencies"] = new JsonObject { ["vite"] = "^6.0.0" },
            })),
            new("index.html", Template.Fill("index.html", ("title", game.Title))),
            .. files.Select(file => file with { Path = (file.Path.EndsWith(".json", StringComparison.Ordinal) && !file.Path.Contains('/') ? "src/data/" : "public/") + file.Path }),
        ];
        return moved;
    }

    private void AddGame()
    {
        var assets = new JsonObject();
        foreach (var asset in game.Assets.Where(asset => asset.Type != "folder"))
            assets[$"{asset.Id}"] = AssetEntry(asset);
        Add("config.json", Json.Content(new JsonObject
        {
            ["application_properties"] = ApplicationProperties(),
            ["scenes"] = new JsonArray([.. settings.Scenes.Select(scene => new JsonObject { ["name"] = scene.Name, ["url"] = SceneUrl(scene) })]),
            ["assets"] = assets,
        }));
        foreach (var scene in settings.Scenes)
            Add(SceneUrl(scene), Json.Content(SceneBuilder.Build(scene, settings.Branch)));
        AddBundledScripts();
        foreach (var asset in game.Assets)
            AddAsset(asset);
    }

    private void AddBundledScripts()
    {
        if (!settings.Concatenate)
            return;
        var text = BundledScriptsText();
        Add(BundledScripts, GameContent.FromText(text));
        if (settings.Sourcemaps)
            Add(BundledScripts + ".map", GameContent.FromText("""{"version":3,"file":"__game-scripts.js","sources":[],"names":[],"mappings":""}"""));
    }

    private void AddAsset(GameAsset asset)
    {
        if (asset.Content is null || (asset.Type == "script" && settings.Concatenate) || asset.IsModule)
            return;
        if (asset.Basis is not null)
        {
            Add(asset.Folder + BasisName(asset), asset.Basis);
            return;
        }

        Add(asset.Folder + asset.Name, asset.Type == "script" ? GameContent.FromText(ScriptText(asset)) : asset.Content);
        for (var page = 0; page < asset.Pages.Length; page++)
            Add(asset.Folder + PageName(asset, page + 1), asset.Pages[page]);
    }

    // The engine unpacks each bundle on a phone: a small export without the engine.
    private void AddPreloadBundles()
    {
        var bundled = files.Where(file => file.Path is not (EngineScript or EngineModule)).ToList();
        foreach (var platform in (string[])["android", "ios"])
        {
            using var zip = new MemoryStream();
            ExportZip.Write(bundled, DateTimeOffset.UnixEpoch.AddYears(50), zip);
            Add($"preload-{platform}.zip", GameContent.FromBytes(zip.ToArray()));
        }
    }

    private JsonObject AssetEntry(GameAsset asset) => new()
    {
        ["name"] = asset.Name,
        ["type"] = asset.Type,
        ["file"] = FileEntry(asset),
        ["data"] = asset.Data?.DeepClone(),
        ["preload"] = asset.Preload,
        ["tags"] = new JsonArray([.. asset.Tags.Select(tag => JsonValue.Create(tag))]),
        ["id"] = $"{asset.Id}",
    };

    private JsonObject? FileEntry(GameAsset asset)
    {
        if (asset.Content is null)
            return null;
        if (asset.Type == "script")
            return ScriptEntry(asset);
        var entry = File(asset.Name, asset.Folder, WithPages(asset));
        if (asset.Basis is not null)
            entry["variants"] = new JsonObject { ["basis"] = File(BasisName(asset), asset.Folder, asset.Basis) };
        return entry;
    }

    // Real exports count a script's size in UTF-16 code units, while the hash is that of the bytes. The hash of a module is that of its source.
    private JsonObject ScriptEntry(GameAsset asset)
    {
        if (asset.IsModule)
            return File(asset.Name, "./" + ModuleFolder, asset.Content!);
        var text = settings.Concatenate ? BundledScriptsText() : ScriptText(asset);
        var entry = settings.Concatenate
            ? File(BundledScripts, "", GameContent.FromText(text))
            : File(asset.Name, asset.Folder, GameContent.FromText(text));
        entry["size"] = text.Length;
        return entry;
    }

    private static JsonObject File(string name, string folder, GameContent content) => new()
    {
        ["filename"] = name,
        ["size"] = content.Length,
        ["hash"] = content.Md5,
        ["url"] = folder + EncodeName(name),
    };

    // The hash and the size of a font are those of all its pages in sequence.
    private static GameContent WithPages(GameAsset asset) => asset.Pages.IsEmpty
        ? asset.Content!
        : GameContent.FromBytes([.. asset.Content!.ReadAllBytes(), .. asset.Pages.SelectMany(page => page.ReadAllBytes())]);

    private string BundledScriptsText() => string.Join('\n', game.Assets.Where(asset => asset is { Type: "script", IsModule: false, Content: not null }).Select(ScriptText));

    private string ScriptText(GameAsset asset)
    {
        var text = asset.Content!.ReadAllText();
        return settings.Minify ? Shorten(text) : text;
    }

    // Just enough to make the switch visible: removes comment lines, blank lines and indentation, and adds a notice that keeps the text non-ASCII.
    private static string Shorten(string script)
    {
        var lines = script.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        return new StringBuilder("/* © sandbox */\n").AppendJoin('\n', lines).Append('\n').ToString();
    }

    private JsonObject ApplicationProperties() => new()
    {
        ["width"] = 1280,
        ["height"] = 720,
        ["fillMode"] = "FILL_WINDOW",
        ["resolutionMode"] = "AUTO",
        ["useDevicePixelRatio"] = false,
        ["transparentCanvas"] = false,
        ["antiAlias"] = true,
        ["preserveDrawingBuffer"] = false,
        ["useLegacyScripts"] = false,
        ["useLegacyAudio"] = false,
        ["maxAssetRetries"] = 5,
        ["enableSharedArrayBuffer"] = false,
        ["loadingScreenScript"] = null,
        ["externalScripts"] = new JsonArray(),
        ["scripts"] = new JsonArray([.. game.Assets.Where(asset => asset.Type == "script").Select(asset => JsonValue.Create(asset.Id))]),
        ["libraries"] = new JsonArray(),
        ["batchGroups"] = new JsonArray(),
        ["layers"] = Layers(),
        ["layerOrder"] = new JsonArray([.. ((int[])[0, 1, 2, 3, 4]).Select(id => new JsonObject { ["layer"] = id, ["transparent"] = id == 4, ["enabled"] = true })]),
    };

    private static JsonObject Layers()
    {
        var layers = new JsonObject();
        foreach (var (id, name) in ((int, string)[])[(0, "World"), (1, "Depth"), (2, "Skybox"), (3, "Immediate"), (4, "UI")])
            layers[$"{id}"] = new JsonObject { ["name"] = name, ["opaqueSortMode"] = 2, ["transparentSortMode"] = 3 };
        return layers;
    }

    private string ScriptIds() => string.Join(", ", game.Assets.Where(asset => asset.Type == "script").Select(asset => asset.Id));

    private void Add(string path, GameContent content) => files.Add(new ExportFile(path, content));

    private static string SceneUrl(Scene scene) => $"{scene.Id}.json";

    private static string PageName(GameAsset asset, int page) => Path.GetFileNameWithoutExtension(asset.Name) + page + Path.GetExtension(asset.Name);

    private static string BasisName(GameAsset asset) => Path.GetFileNameWithoutExtension(asset.Name) + ".basis";

    // Real exports encode names, but leave some punctuation that could be encoded.
    private static string EncodeName(string name) => new StringBuilder(Uri.EscapeDataString(name))
        .Replace("%28", "(").Replace("%29", ")").Replace("%2C", ",").Replace("%40", "@").ToString();
}

using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>The assets of the sandbox's game, with names as difficult as those of real projects.</summary>
internal static class SpinningBoxGame
{
    public const int FirstAssetId = 6_000_001;
    public const int OrangeMaterialId = FirstAssetId + 2;
    public const int GreenMaterialId = FirstAssetId + 3;

    private const int TextureId = FirstAssetId + 1;

    private static readonly DateTimeOffset CreatedAt = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

    public static Game Create() => new()
    {
        Assets =
        [
            Asset(0, "textures", "folder"),
            Asset(1, "Müster größe 64.png", "texture", Pictures.Checker(64), preload: true, parent: FirstAssetId, data: TextureData()),
            Asset(2, "Orange", "material", data: MaterialData(GameColors.OrangeBox)),
            Asset(3, "Green", "material", data: MaterialData(GameColors.GreenBox)),
            Asset(4, "spin.js", "script", Template.Bytes("scripts/spin.js"), preload: true, data: ScriptData("spin", "speed", "number", 40)),
            Asset(5, "title.js", "script", Template.Bytes("scripts/title.js"), preload: true, data: ScriptData("title", "text", "string", "")),
            Asset(6, "Armature|Run.glb", "animation", Models.TurningNode("Run"), preload: true, data: new JsonObject()),
            Asset(7, "level data (1).json", "json", """{ "boxes": 1, "gravity": -9.8 }"""u8.ToArray(), preload: true),
            Asset(8, "Léame, por favor @ inicio.txt", "text", "¡Hola! Esto es una caja que gira.\n"u8.ToArray(), preload: true),
            Asset(9, "Score.png", "font", Pictures.Checker(16), data: FontData()) with { Pages = [GameContent.FromBytes(Pictures.Checker(24))] },
            Asset(10, "Wood.jpg", "texture", "The original, which an export leaves out."u8.ToArray(), data: TextureData()) with
            {
                Basis = new GeneratedContent(7, 4096, isText: false),
            },
        ],
    };

    public static Game CreateWithModules()
    {
        var game = Create();
        return game.With(game.Find("title.js")! with { Name = "title.mjs", Content = GameContent.FromBytes(Template.Bytes("scripts/title.mjs")) });
    }

    private static GameAsset Asset(int index, string name, string type, byte[]? content = null, bool preload = false, int? parent = null, JsonObject? data = null) =>
        new(FirstAssetId + index, name, type)
        {
            Content = content is null ? null : GameContent.FromBytes(content),
            Preload = preload || type == "material",
            Parent = parent,
            Data = data,
            CreatedAt = CreatedAt,
            ModifiedAt = CreatedAt,
        };

    private static JsonObject TextureData() => new()
    {
        ["addressu"] = "repeat",
        ["addressv"] = "repeat",
        ["minfilter"] = "linear_mip_linear",
        ["magfilter"] = "linear",
        ["anisotropy"] = 1,
        ["rgbm"] = false,
        ["mipmaps"] = true,
    };

    private static JsonObject MaterialData(string color)
    {
        var channels = GameColors.Parse(color);
        return new JsonObject
        {
            ["shader"] = "blinn",
            ["shadingModel"] = 1,
            ["diffuse"] = new JsonArray(channels[0], channels[1], channels[2]),
            ["diffuseMap"] = TextureId,
            ["specular"] = new JsonArray(0, 0, 0),
            ["useFog"] = false,
            ["useGammaTonemap"] = true,
            ["useSkybox"] = false,
        };
    }

    private static JsonObject ScriptData(string script, string attribute, string type, JsonNode value) => new()
    {
        ["scripts"] = new JsonObject
        {
            [script] = new JsonObject
            {
                ["attributesOrder"] = new JsonArray(attribute),
                ["attributes"] = new JsonObject { [attribute] = new JsonObject { ["type"] = type, ["default"] = value } },
            },
        },
        ["loading"] = false,
        ["loadingType"] = 0,
    };

    // Two pages, because a check of an export must know the rule for their hash.
    private static JsonObject FontData() => new()
    {
        ["version"] = 3,
        ["intensity"] = 0,
        ["info"] = new JsonObject
        {
            ["face"] = "Score",
            ["width"] = 16,
            ["height"] = 16,
            ["maps"] = new JsonArray(
                new JsonObject { ["width"] = 16, ["height"] = 16 },
                new JsonObject { ["width"] = 24, ["height"] = 24 }),
        },
        ["chars"] = new JsonObject(),
    };
}

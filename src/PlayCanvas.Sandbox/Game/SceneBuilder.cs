using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Builds a scene: a camera, a light and a spinning box.</summary>
internal static class SceneBuilder
{
    private const string RootId = "5a8d7b10-0000-4000-8000-000000000000";

    public static JsonObject Build(Scene scene, Branch branch)
    {
        var entities = new JsonObject { [RootId] = Entity(RootId, "Root", null, new JsonObject { ["script"] = Script("title", "text", scene.Name) }) };
        var children = new JsonArray();
        foreach (var (name, components, position, rotation) in Children(scene))
        {
            var id = $"5a8d7b10-0000-4000-8000-{entities.Count:d12}";
            entities[id] = Entity(id, name, RootId, components, position, rotation);
            children.Add(id);
        }

        entities[RootId]!["children"] = children;
        return new JsonObject
        {
            ["name"] = scene.Name,
            ["created"] = Json.Date(scene.Created),
            ["id"] = scene.Id,
            ["item_id"] = $"{scene.Id}",
            ["project_id"] = scene.ProjectId,
            ["branch_id"] = branch.Id,
            ["checkpoint_id"] = branch.LatestCheckpointId,
            ["settings"] = Settings(),
            ["entities"] = entities,
        };
    }

    // The box is rotated from the first frame on, so that an early screenshot shows three of its faces.
    private static IEnumerable<(string Name, JsonObject Components, JsonArray Position, JsonArray Rotation)> Children(Scene scene)
    {
        yield return ("Camera", new JsonObject { ["camera"] = Camera() }, Vector(0, 0, 5), Vector(0, 0, 0));
        yield return ("Light", new JsonObject { ["light"] = Light() }, Vector(0, 0, 0), Vector(50, 30, 0));
        yield return ("Box", new JsonObject { ["render"] = Box(scene), ["script"] = Script("spin", "speed", 40) }, Vector(0, 0, 0), Vector(30, 40, 0));
    }

    private static JsonObject Entity(string id, string name, string? parent, JsonObject components, JsonArray? position = null, JsonArray? rotation = null)
    {
        var size = name == "Box" ? 1.8 : 1;
        return new JsonObject
        {
            ["name"] = name,
            ["tags"] = new JsonArray(),
            ["labels"] = new JsonArray(),
            ["enabled"] = true,
            ["resource_id"] = id,
            ["template"] = null,
            ["parent"] = parent,
            ["children"] = new JsonArray(),
            ["position"] = position ?? Vector(0, 0, 0),
            ["rotation"] = rotation ?? Vector(0, 0, 0),
            ["scale"] = Vector(size, size, size),
            ["components"] = components,
        };
    }

    private static JsonObject Script(string name, string attribute, JsonNode value) => new()
    {
        ["enabled"] = true,
        ["order"] = new JsonArray(name),
        ["scripts"] = new JsonObject
        {
            [name] = new JsonObject { ["enabled"] = true, ["attributes"] = new JsonObject { [attribute] = value } },
        },
    };

    private static JsonObject Camera()
    {
        var background = GameColors.Parse(GameColors.Background);
        return new JsonObject
        {
            ["enabled"] = true,
            ["clearColorBuffer"] = true,
            ["clearDepthBuffer"] = true,
            ["clearColor"] = new JsonArray(background[0], background[1], background[2], 1),
            ["projection"] = 0,
            ["fov"] = 45,
            ["orthoHeight"] = 4,
            ["nearClip"] = 0.1,
            ["farClip"] = 100,
            ["frustumCulling"] = true,
            ["priority"] = 0,
            ["rect"] = new JsonArray(0, 0, 1, 1),
            ["layers"] = new JsonArray(0, 1, 2, 3, 4),
        };
    }

    private static JsonObject Light() => new()
    {
        ["enabled"] = true,
        ["type"] = "directional",
        ["color"] = new JsonArray(1, 1, 1),
        ["intensity"] = 0.8,
        ["castShadows"] = false,
        ["isStatic"] = false,
        ["affectDynamic"] = true,
        ["affectLightmapped"] = false,
        ["bake"] = false,
        ["layers"] = new JsonArray(0),
    };

    private static JsonObject Box(Scene scene) => new()
    {
        ["enabled"] = true,
        ["type"] = "box",
        ["asset"] = null,
        ["materialAssets"] = new JsonArray(scene.BoxColor == GameColors.GreenBox ? SpinningBoxGame.GreenMaterialId : SpinningBoxGame.OrangeMaterialId),
        ["castShadows"] = false,
        ["receiveShadows"] = false,
        ["isStatic"] = false,
        ["lightmapped"] = false,
        ["batchGroupId"] = null,
        ["layers"] = new JsonArray(0),
        ["rootBone"] = null,
    };

    // The engine reads fog_color and its siblings even in a scene without fog.
    private static JsonObject Settings() => new()
    {
        ["physics"] = new JsonObject { ["gravity"] = Vector(0, -9.8, 0) },
        ["render"] = new JsonObject
        {
            ["fog"] = "none",
            ["fog_start"] = 1,
            ["fog_end"] = 1000,
            ["fog_density"] = 0.01,
            ["fog_color"] = Vector(0, 0, 0),
            ["global_ambient"] = Vector(0.5, 0.5, 0.5),
            ["gamma_correction"] = 1,
            ["tonemapping"] = 0,
            ["exposure"] = 1,
            ["skybox"] = null,
            ["skyboxIntensity"] = 1,
            ["skyboxMip"] = 0,
            ["skyboxRotation"] = Vector(0, 0, 0),
            ["lightmapSizeMultiplier"] = 16,
            ["lightmapMaxResolution"] = 2048,
            ["lightmapMode"] = 1,
        },
        ["priority_scripts"] = new JsonArray(),
    };

    private static JsonArray Vector(double x, double y, double z) => new(x, y, z);
}

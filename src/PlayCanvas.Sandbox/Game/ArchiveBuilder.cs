using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Builds the archive of a project: its description, its scenes and its assets' sources.</summary>
internal static class ArchiveBuilder
{
    public static IReadOnlyList<ExportFile> Build(Project project, Branch branch, IEnumerable<Scene> scenes, Game game) =>
    [
        new("project.json", Json.Content(new JsonObject { ["id"] = project.Id, ["name"] = project.Name, ["branch_id"] = branch.Id, ["branch"] = branch.Name })),
        .. scenes.Select(scene => new ExportFile($"scenes/{scene.Id}.json", Json.Content(SceneBuilder.Build(scene, branch)))),
        new("assets.json", Json.Content(new JsonObject(game.Assets.Select(asset => KeyValuePair.Create($"{asset.Id}", (JsonNode?)Describe(asset)))))),
        .. game.Assets.Where(asset => asset.Content is not null).Select(asset => new ExportFile(asset.Folder + asset.Name, asset.Content!)),
    ];

    private static JsonObject Describe(GameAsset asset) => new()
    {
        ["name"] = asset.Name,
        ["type"] = asset.Type,
        ["parent"] = asset.Parent,
        ["preload"] = asset.Preload,
        ["data"] = asset.Data?.DeepClone(),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Creates the <c>settings</c> of a build record as the service does; they differ from the body of the request.</summary>
internal static class BuildSettings
{
    private static readonly string[] Texts = ["description", "version", "release_notes", "engine_version"];

    private static readonly string[] Switches = ["scripts_concatenate", "scripts_minify", "scripts_sourcemaps", "optimize_scene_format"];

    /// <summary>Returns the settings of a build of this type: a text that was not sent is null, and a switch that was not sent is false.</summary>
    public static JsonObject Of(string type, JsonObject request, IEnumerable<Scene> branchScenes)
    {
        var names = branchScenes.ToDictionary(scene => (long)scene.Id, scene => scene.Name);
        var settings = new JsonObject
        {
            ["name"] = request["name"]?.DeepClone(),
            ["scenes"] = new JsonArray([.. (request["scenes"]?.AsArray() ?? []).Select(id => Scene(long.Parse(id!.ToString(), CultureInfo.InvariantCulture), names))]),
            ["format"] = FormatOf(type, request),
        };
        foreach (var text in Texts)
            settings[text] = request[text]?.DeepClone();
        foreach (var name in type == "download" ? [.. Switches, "preload_bundle"] : Switches)
            settings[name] = (bool?)request[name] ?? false;
        return settings;
    }

    private static JsonObject Scene(long id, Dictionary<long, string> names) =>
        new() { ["id"] = id, ["name"] = names.GetValueOrDefault(id) };

    private static string FormatOf(string type, JsonObject request) =>
        type == "publish" ? "playcanvas" : (string?)request["format"] ?? "static";
}

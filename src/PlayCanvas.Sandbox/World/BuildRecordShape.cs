using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>The form of the <c>settings</c> of a build record.</summary>
public enum SettingsShape
{
    /// <summary>As the service writes them: scenes with names, every switch, and none of the ids in the request.</summary>
    Service,

    /// <summary>The body of the request.</summary>
    Request,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>The field is missing.</summary>
    Missing,
}

/// <summary>The form of the <c>scenes</c> in a build record's settings. It has no effect on <see cref="SettingsShape.Request"/>.</summary>
public enum ScenesShape
{
    /// <summary>Objects with <c>id</c> and <c>name</c>, as the service writes them.</summary>
    Objects,

    /// <summary>The ids as numbers.</summary>
    Numbers,

    /// <summary>The ids as strings.</summary>
    NumericText,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>The field is missing.</summary>
    Missing,
}

/// <summary>The shape of build records in responses: the service's own by default, or an older or unusual one.</summary>
public sealed class BuildRecordShape
{
    private static readonly string[] Ids = ["id", "app_id", "job_id"];

    /// <summary>The form of <c>settings</c>.</summary>
    public SettingsShape Settings { get; set; }

    /// <summary>The form of <c>settings.scenes</c>.</summary>
    public ScenesShape Scenes { get; set; }

    /// <summary>
    /// Whether the description, the version, the release notes and the engine version are missing when they were not sent; otherwise they are null.
    /// </summary>
    public bool OmitsUnsentFields { get; set; }

    /// <summary>Whether the ids of the build, the app, the job and the actor are strings.</summary>
    public bool IdsAsText { get; set; }

    /// <summary>Changes a record from the service's shape to the configured one.</summary>
    internal void Apply(JsonObject record, JsonObject request)
    {
        ChangeSettings(record, request);
        if (record["settings"] is JsonObject settings && Settings == SettingsShape.Service)
            ChangeScenes(settings);
        if (IdsAsText)
            WriteIdsAsText(record);
    }

    private static void RemoveUnsentFields(JsonObject settings)
    {
        foreach (var field in settings.Where(field => field.Value is null).Select(field => field.Key).ToList())
            settings.Remove(field);
    }

    private static void WriteIdsAsText(JsonObject record)
    {
        foreach (var id in Ids)
            record[id] = record[id]?.ToString();
        record["actor"]!["id"] = record["actor"]!["id"]!.ToString();
    }

    private void ChangeSettings(JsonObject record, JsonObject request)
    {
        if (OmitsUnsentFields)
            RemoveUnsentFields(record["settings"]!.AsObject());
        switch (Settings)
        {
            case SettingsShape.Request:
                record["settings"] = request.DeepClone();
                break;
            case SettingsShape.Null:
                record["settings"] = null;
                break;
            case SettingsShape.Missing:
                record.Remove("settings");
                break;
        }
    }

    private void ChangeScenes(JsonObject settings)
    {
        var ids = settings["scenes"]!.AsArray().Select(scene => scene!["id"]!.GetValue<long>()).ToList();
        switch (Scenes)
        {
            case ScenesShape.Numbers:
                settings["scenes"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);
                break;
            case ScenesShape.NumericText:
                settings["scenes"] = new JsonArray([.. ids.Select(id => JsonValue.Create($"{id}"))]);
                break;
            case ScenesShape.Null:
                settings["scenes"] = null;
                break;
            case ScenesShape.Missing:
                settings.Remove("scenes");
                break;
        }
    }
}

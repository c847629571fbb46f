using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>What a build record says in <c>settings</c>.</summary>
public enum SettingsShape
{
    /// <summary>What the service writes: scenes with names, every switch, and none of the request's ids.</summary>
    Service,

    /// <summary>The request's own body.</summary>
    Request,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>The field is missing.</summary>
    Missing,
}

/// <summary>What the <c>scenes</c> in a build record's settings are. It has no effect on <see cref="SettingsShape.Request"/>.</summary>
public enum ScenesShape
{
    /// <summary>Objects with <c>id</c> and <c>name</c>, as the service writes them.</summary>
    Objects,

    /// <summary>The ids as numbers.</summary>
    Numbers,

    /// <summary>The ids as text.</summary>
    NumericText,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>The field is missing.</summary>
    Missing,
}

/// <summary>How build records are shown: as the service does by default, or in an older or odder shape.</summary>
public sealed class BuildRecordShape
{
    private static readonly string[] Ids = ["id", "app_id", "job_id"];

    /// <summary>What <c>settings</c> is.</summary>
    public SettingsShape Settings { get; set; }

    /// <summary>What <c>settings.scenes</c> is.</summary>
    public ScenesShape Scenes { get; set; }

    /// <summary>Whether the description, the version, the release notes and the engine version are missing where they were not sent; otherwise they are null.</summary>
    public bool OmitsUnsentFields { get; set; }

    /// <summary>Whether the ids of the build, the app, the job and the actor are text.</summary>
    public bool IdsAsText { get; set; }

    /// <summary>Gives a record, which is in the service's shape, the shape that is set here.</summary>
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

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>The multipart form that creates or changes an asset.</summary>
internal sealed class AssetForm
{
    // The fields of the manual, and those that the official programs send.
    private static readonly string[] Known =
        ["name", "projectId", "branchId", "parent", "preload", "file", "pow2", "type", "filename", "tags", "baseModificationTime"];

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".js"] = "script",
        [".mjs"] = "script",
        [".html"] = "html",
        [".css"] = "css",
        [".txt"] = "text",
        [".md"] = "text",
        [".json"] = "json",
        [".glsl"] = "shader",
        [".vert"] = "shader",
        [".frag"] = "shader",
    };

    private readonly IFormCollection form;
    private readonly byte[]? file;

    private AssetForm(IFormCollection form, byte[]? file)
    {
        this.form = form;
        this.file = file;
    }

    public static async Task<AssetForm> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            throw ApiException.BadRequest("Content-Type must be multipart/form-data");
        var form = await ReadFormAsync(request);
        if (form.Keys.Concat(form.Files.Select(file => file.Name)).FirstOrDefault(field => !Known.Contains(field)) is { } unknown)
            throw ApiException.BadRequest($"unknown field '{unknown}'");
        return new AssetForm(form, await ReadFileAsync(form));
    }

    /// <summary>Returns a field, or null when it is missing, empty, or the text <c>null</c>, which programs send for no value.</summary>
    public string? Text(string name) => form[name].ToString() is { Length: > 0 } and not "null" and var text ? text : null;

    public long? Id(string name) => Text(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
        _ => throw ApiException.BadRequest($"field '{name}' must be an integer"),
    };

    public GameAsset Create(DateTimeOffset now)
    {
        Flag("pow2");
        var name = Text("name") ?? form.Files.GetFile("file")?.FileName ?? throw ApiException.BadRequest("field 'name' is required");
        var type = TypeOf(name);
        if (file is null && type != "folder")
            throw ApiException.BadRequest("field 'file' is required");
        return new GameAsset(0, name, type)
        {
            Content = file is null ? null : GameContent.FromBytes(file),
            Preload = Flag("preload") ?? true,
            Parent = (int?)Id("parent"),
            Tags = Tags() ?? [],
            Data = type == "script" ? new JsonObject { ["scripts"] = new JsonObject(), ["loading"] = false, ["loadingType"] = 0 } : null,
            CreatedAt = now,
            ModifiedAt = now,
        };
    }

    public GameAsset Change(GameAsset asset, DateTimeOffset now)
    {
        Flag("pow2");
        return asset with
        {
            Name = Text("name") ?? asset.Name,
            Parent = form.ContainsKey("parent") ? (int?)Id("parent") : asset.Parent,
            Preload = Flag("preload") ?? asset.Preload,
            Tags = Tags() ?? asset.Tags,
            Content = file is null ? asset.Content : GameContent.FromBytes(file),
            Revision = file is null ? asset.Revision : asset.Revision + 1,
            ModifiedAt = now,
        };
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync();
        }
        catch (InvalidDataException exception)
        {
            throw ApiException.BadRequest("the form cannot be read: " + exception.Message);
        }
    }

    private static async Task<byte[]?> ReadFileAsync(IFormCollection form)
    {
        if (form.Files.GetFile("file") is not { } file)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw ApiException.BadRequest($"field '{name}' must be true or false"),
    };

    private ImmutableArray<string>? Tags() => form.ContainsKey("tags") ? [.. form["tags"].OfType<string>()] : null;

    private string TypeOf(string name)
    {
        var fileName = form.Files.GetFile("file")?.FileName ?? Text("filename") ?? name;
        return Text("type") == "folder" ? "folder"
            : Types.TryGetValue(Path.GetExtension(fileName), out var type) ? type
            : throw ApiException.BadRequest("only assets of the types script, html, css, text, shader and json can be created");
    }
}

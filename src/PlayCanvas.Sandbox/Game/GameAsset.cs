using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>An asset of a project's branch, as the asset routes return it and an export contains it.</summary>
public sealed record GameAsset(int Id, string Name, string Type)
{
    /// <summary>The content of the file; null for assets without a file, such as materials and folders.</summary>
    public GameContent? Content { get; init; }

    /// <summary>Increases with each change of the file; it is part of the file's path in an export.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Whether the game loads the asset before it starts.</summary>
    public bool Preload { get; init; }

    /// <summary>The id of the folder asset that contains this asset; null for an asset at the root.</summary>
    public int? Parent { get; init; }

    /// <summary>The asset's data, which depends on its type.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>The asset's tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The second and later pages of a font, which <c>config.json</c> does not list.</summary>
    public ImmutableArray<GameContent> Pages { get; init; } = [];

    /// <summary>The compressed variant of a texture, which an export contains instead of the original.</summary>
    public GameContent? Basis { get; init; }

    /// <summary>When the asset was created.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>When the asset was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether the asset is a script that is an ES module.</summary>
    internal bool IsModule => Type == "script" && Name.EndsWith(".mjs", StringComparison.Ordinal);

    internal string Folder => $"files/assets/{Id}/{Revision}/";
}

namespace PlayCanvas.Sandbox;

/// <summary>The branch and the scenes that an app is exported from, and the options of the export.</summary>
internal sealed record ExportSettings(string Name, Branch Branch, IReadOnlyList<Scene> Scenes)
{
    public string Format { get; init; } = "static";

    public bool Concatenate { get; init; } = true;

    public bool Minify { get; init; } = true;

    public bool Sourcemaps { get; init; }

    public bool PreloadBundle { get; init; }
}

/// <summary>A file of an export.</summary>
internal sealed record ExportFile(string Path, GameContent Content);

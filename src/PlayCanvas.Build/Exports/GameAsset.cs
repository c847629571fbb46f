namespace PlayCanvas.Build.Exports;

/// <summary>An asset that <c>config.json</c> lists: what people call the files of a game.</summary>
/// <param name="Id">Its id.</param>
internal sealed record GameAsset(string Id)
{
    /// <summary>Its name; null when it has none. Several assets may have the same name.</summary>
    public string? Name { get; init; }

    /// <summary>Its type, such as <c>texture</c>; null when it has none.</summary>
    public string? Type { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the game loads it before it starts.</summary>
    public bool Preload { get; init; }

    /// <summary>
    /// The files that it names: the original first, then the variants of a texture or of a bundle. A material has none. Several assets may share a
    /// file: all scripts do if they are concatenated.
    /// </summary>
    public IReadOnlyList<AssetFile> Files { get; init; } = [];

    /// <summary>The ids of the assets whose files a bundle contains; empty for an asset of another type.</summary>
    public IReadOnlyList<string> Bundled { get; init; } = [];
}

/// <summary>A file that <c>config.json</c> names.</summary>
/// <param name="Path">The name of the entry in the export.</param>
/// <param name="Hash">The MD5 in hexadecimal; null when there is none.</param>
internal sealed record AssetFile(string Path, string? Hash)
{
    /// <summary>The format of a variant, such as <c>basis</c> or <c>dxt</c>; null for the original.</summary>
    public string? Variant { get; init; }

    /// <summary>True for a file that <c>config.json</c> may name although the export legitimately does not contain it.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>
    /// True for a script that is rewritten when a game is exported: the hash is that of the source, and the file may be absent.
    /// </summary>
    public bool IsRewritten { get; init; }

    /// <summary>The number of pages. A font's hash covers all its pages in sequence, although only the first one is named.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>The paths of all pages: <c>name.png</c>, <c>name1.png</c>, ...</summary>
    public IEnumerable<string> PagePaths
    {
        get
        {
            var dot = Path.LastIndexOf('.');
            var at = dot > Path.LastIndexOf('/') ? dot : Path.Length;
            return Enumerable.Range(0, Pages).Select(page => page == 0 ? Path : Path.Insert(at, $"{page}"));
        }
    }
}

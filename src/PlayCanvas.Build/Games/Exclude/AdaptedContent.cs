using System.Text;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Games.Content;

namespace PlayCanvas.Build.Games.Exclude;

/// <summary>A content as a project uses it: without what the project leaves out.</summary>
internal sealed class AdaptedContent
{
    private readonly GameContent whole;
    private readonly byte[]? config;

    private AdaptedContent(GameContent whole, GameManifest manifest, byte[]? config) => (this.whole, Manifest, this.config) = (whole, manifest, config);

    /// <summary>The manifest of the content in the project.</summary>
    public GameManifest Manifest { get; }

    /// <summary>Leaves something out of a content.</summary>
    /// <param name="whole">The whole content.</param>
    /// <param name="exclusion">What is left out.</param>
    public static AdaptedContent Of(GameContent whole, Exclusion exclusion) =>
        exclusion.IsEmpty || whole.Manifest.Files.All(file => file.Path != ExportLayout.Config)
            ? new AdaptedContent(whole, whole.Manifest, config: null)
            : Without(whole, exclusion);

    /// <summary>Puts a file of this content at a path, at which there must be none.</summary>
    public void Put(GameFile file, string path)
    {
        if (config is null || file.Path != ExportLayout.Config)
        {
            FileLinks.LinkOrCopy(whole.PathOf(file), path);
            return;
        }

        File.WriteAllBytes(path, config);
        FileLinks.MakeReadOnly(path);
    }

    /// <summary>Puts the exported form of a file at a path, at which there must be none.</summary>
    public void PutExported(GameFile file, string path) => FileLinks.LinkOrCopy(whole.ExportedPathOf(whole.Manifest.Files.First(same => same.Path == file.Path)), path);

    /// <summary>Puts the manifest at a path, at which there must be none.</summary>
    public void PutManifest(string path)
    {
        if (Manifest == whole.Manifest)
            FileLinks.LinkOrCopy(whole.ManifestPath, path);
        else
            Manifest.Write(path);
    }

    private static AdaptedContent Without(GameContent whole, Exclusion exclusion)
    {
        var configFile = whole.Manifest.Files.First(file => file.Path == ExportLayout.Config);
        using var exported = new StreamReader(whole.ExportedPathOf(configFile));
        var selection = new ExcludedAssets(GameConfig.Parse(exported).Assets, exclusion.Patterns);
        var files = whole.Manifest.Files.Where(file => !IsLeftOut(file.Exported.Name)).ToList();
        var (config, mentions) = selection.Indexes.Count == 0 ? (null, []) : Without(whole, configFile, selection, files);
        if (config is not null)
            files[files.IndexOf(configFile)] = configFile.WithBytes(config);
        return new AdaptedContent(whole, whole.Manifest with
        {
            AdaptationId = exclusion.AdaptationId,
            Files = files,
            Sizes = null,
            LeftOut = new LeftOut
            {
                Assets = selection.Indexes.Count,
                Files = whole.Manifest.Files.Count - files.Count,
                Bytes = whole.Manifest.TotalSize - files.Sum(file => file.Size),
                PatternsWithoutAssets = selection.PatternsWithoutAssets,
                Mentions = mentions,
            },
        }, config);

        bool IsLeftOut(string name) => selection.HasFile(name) || (!exclusion.KeepsSourceMaps && ExportLayout.IsSourceMap(name) && !selection.Keeps(name));
    }

    private static (byte[] Config, IReadOnlyList<string> Mentions) Without(GameContent whole, GameFile configFile, ExcludedAssets selection, IReadOnlyList<GameFile> files)
    {
        var text = new ConfigText(File.ReadAllText(whole.PathOf(configFile)));
        return (new UTF8Encoding(false).GetBytes(text.Without(selection.Indexes)), new MentionSearch(whole, selection, text).Run(files));
    }
}

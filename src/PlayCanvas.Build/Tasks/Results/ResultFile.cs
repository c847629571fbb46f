using Newtonsoft.Json;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks.Results;

/// <summary>
/// The file that tells other programs what the last build did with each game, what the last publish published, and what was archived last. <c>docs/results.md</c> describes
/// its members. An up-to-date build runs no task: there, the targets write the same text (<c>_PlayCanvasWriteUpToDateResults</c>).
/// </summary>
/// <param name="path">The full path.</param>
internal sealed class ResultFile(string path)
{
    /// <summary>Increased when a program that reads the file could misread a newer one.</summary>
    public const int CurrentVersion = 1;

    private const string PublishesMember = "publishes";
    private const string ArchivesMember = "archives";

    /// <summary>Writes the file.</summary>
    /// <param name="downloads">The results of the games, as <see cref="Format"/> returns them.</param>
    /// <param name="deletions">The results of the target that deletes apps; the member is left out when there are none.</param>
    /// <param name="publishes">The results of the publishes; null to keep those in the file.</param>
    /// <param name="archives">The results of the archives; null to keep those in the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Write(IReadOnlyList<string> downloads, IReadOnlyList<string> deletions, IReadOnlyList<string>? publishes, IReadOnlyList<string>? archives)
    {
        var kept = publishes is null || archives is null ? Kept() : new Content();
        archives ??= [.. kept.Archives.Select(Format)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, $$"""
            {
              "version": {{CurrentVersion}},
              "downloads": {{List(downloads)}},{{(deletions.Count == 0 ? "" : $"\n  \"deletions\": {List(deletions)},")}}
              "{{PublishesMember}}": {{List(publishes ?? [.. kept.Publishes.Select(Format)])}}{{(archives.Count == 0 ? "" : $",\n  \"{ArchivesMember}\": {List(archives)}")}}
            }

            """.Replace("\r", ""));
    }

    /// <summary>Returns a result as the file contains it: JSON with the indentation that it has there.</summary>
    public static string Format(object result) =>
        string.Join("\n", JsonFile.Format(result, isIndented: true).Replace("\r", "").Split('\n').Select(line => $"    {line}"));

    private static string List(IReadOnlyList<string> results) => results.Count == 0 ? "[]" : $"[\n{string.Join(",\n", results)}\n  ]";

    /// <summary>Returns what the file contains. A file that cannot be read is replaced.</summary>
    private Content Kept()
    {
        try
        {
            return JsonFile.TryRead<Content>(path) is { Version: CurrentVersion } content ? content : new Content();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Content();
        }
    }

    /// <summary>What is read of an earlier file.</summary>
    private sealed record Content
    {
        [JsonProperty("version")]
        public int Version { get; init; }

        [JsonProperty(PublishesMember)]
        public IReadOnlyList<PublishResult> Publishes { get; init; } = [];

        [JsonProperty(ArchivesMember)]
        public IReadOnlyList<ArchiveResult> Archives { get; init; } = [];
    }
}

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

    /// <summary>
    /// Writes the file. Without a publish or an archive, those in the file stay; members about checkpoints, deletions and archives are left out when
    /// there are none.
    /// </summary>
    /// <param name="downloads">The results of the games, as <see cref="Format"/> returns them.</param>
    /// <param name="checkpoints">Those of the target that makes checkpoints.</param>
    /// <param name="deletions">Those of the target that deletes apps.</param>
    /// <param name="publishes">Those of the publishes.</param>
    /// <param name="archives">Those of the archives.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Write(
        IReadOnlyList<string> downloads,
        IReadOnlyList<string> checkpoints,
        IReadOnlyList<string> deletions,
        IReadOnlyList<string> publishes,
        IReadOnlyList<string> archives)
    {
        var kept = publishes.Count == 0 || archives.Count == 0 ? Kept() : new Content();
        var lastPublishes = publishes.Count > 0 ? publishes : [.. kept.Publishes.Select(Format)];
        var lastArchives = archives.Count > 0 ? archives : [.. kept.Archives.Select(Format)];
        string[] members =
        [
            Member("downloads", downloads),
            .. Unless(checkpoints.Count == 0, "checkpoints", checkpoints),
            .. Unless(deletions.Count == 0, "deletions", deletions),
            Member(PublishesMember, lastPublishes),
            .. Unless(lastArchives.Count == 0, ArchivesMember, lastArchives),
        ];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, $"{{\n  \"version\": {CurrentVersion},\n{string.Join(",\n", members)}\n}}\n");
    }

    /// <summary>Returns a result as the file contains it: JSON with the indentation that it has there.</summary>
    public static string Format(object result) =>
        string.Join("\n", JsonFile.Format(result, isIndented: true).Replace("\r", "").Split('\n').Select(line => $"    {line}"));

    private static string Member(string name, IReadOnlyList<string> results) =>
        $"  \"{name}\": {(results.Count == 0 ? "[]" : $"[\n{string.Join(",\n", results)}\n  ]")}";

    private static IEnumerable<string> Unless(bool isLeftOut, string name, IReadOnlyList<string> results) => isLeftOut ? [] : [Member(name, results)];

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

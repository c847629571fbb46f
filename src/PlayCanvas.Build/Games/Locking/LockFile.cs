using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Locking;

/// <summary>
/// The project's lock file, which is meant to be committed: the content of each game, by the game's path and a hash of the parameters, so that
/// configurations with different parameters have their own entries.
/// </summary>
/// <param name="path">The full path of the file.</param>
internal sealed class LockFile(string path)
{
    /// <summary>Increased when an older package could misread a newer file.</summary>
    private const int CurrentVersion = 1;

    private const string VersionMember = "version";
    private const string GamesMember = "games";
    private const int KeyBytes = 6;

    public string FullPath => path;

    /// <summary>The key of the lock that a build holds while it changes the file.</summary>
    public string LockKey => "lock-file-" + Sha256.Prefix(path, KeyBytes);

    /// <summary>The text of the file, with <c>\n</c> as the end of a line; empty when it does not exist.</summary>
    public string Text => File.Exists(path) ? File.ReadAllText(path).Replace("\r", "") : "";

    /// <summary>Returns the key of the parameters of a game.</summary>
    public static string KeyOf(string parameters) => Sha256.Prefix(parameters, KeyBytes);

    /// <summary>Returns the entry of a game; null when there is none.</summary>
    /// <exception cref="LockFileException">The file cannot be read.</exception>
    public LockEntry? Find(string gamePath, string parameters) => EntryIn(Read(), gamePath, KeyOf(parameters));

    /// <summary>Returns the ids of all contents of a game.</summary>
    /// <exception cref="LockFileException">The file cannot be read.</exception>
    public IReadOnlyList<string> ContentsOf(string gamePath) => GameIn(Read(), gamePath) is { } game
        ? [.. game.Properties().Select(property => (property.Value as JObject)?["content"]?.ToString()).OfType<string>()]
        : [];

    /// <summary>
    /// Writes the entry of a game, unless its content is the same. Other entries stay as they are. The caller must hold the lock of
    /// <see cref="LockKey"/>, since several games or configurations may be installed at the same time.
    /// </summary>
    /// <returns>The entry that the file holds now.</returns>
    /// <exception cref="LockFileException">The file cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public LockEntry Write(string gamePath, string parameters, LockEntry entry)
    {
        var root = Read();
        var key = KeyOf(parameters);
        if (EntryIn(root, gamePath, key) is { } same && same.Content == entry.Content)
            return same;

        var games = ObjectIn(root, GamesMember) ?? [];
        var game = GameIn(root, gamePath) ?? [];
        game[key] = JObject.FromObject(entry, JsonFile.Serializer);
        games[gamePath] = Sorted(game);
        var sorted = new JObject { [VersionMember] = CurrentVersion, [GamesMember] = Sorted(games) };
        AtomicFile.Write(path, Format(sorted));
        return entry;
    }

    private JObject Read()
    {
        if (Directory.Exists(path))
            throw new LockFileException(path, "it is a folder");
        if (!File.Exists(path))
            return [];

        var text = File.ReadAllText(path);
        if (text.Contains("<<<<<<<") || text.Contains(">>>>>>>"))
            throw new LockFileException(path, "it contains the markers of a merge conflict");

        var root = Parse(text);
        if (!JToken.DeepEquals(root[VersionMember], new JValue(CurrentVersion)))
            throw new LockFileException(path, $"its version is \"{root[VersionMember]}\", and this package reads version {CurrentVersion}");
        return root.Descendants().FirstOrDefault(value => value.Type == JTokenType.Null) is { } empty
            ? throw new LockFileException(path, $"{empty.Path} is null")
            : root;
    }

    /// <summary>Reads the text. A merge that keeps both sides of a conflict leaves two entries with the same key, of which neither may be dropped silently.</summary>
    private JObject Parse(string text)
    {
        // Names may look like dates.
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        try
        {
            var root = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
            while (reader.Read())
            {
                // Text that follows the object makes the reader throw.
            }

            return root;
        }
        catch (JsonException error)
        {
            throw new LockFileException(path, $"it is not JSON: {error.Message.TrimEnd('.')}", error);
        }
    }

    private LockEntry? EntryIn(JObject root, string gamePath, string key)
    {
        if (GameIn(root, gamePath)?[key] is not { } entry)
            return null;

        try
        {
            var read = entry.ToObject<LockEntry>(JsonFile.Serializer);
            return Content.ContentId.IsValid(read?.Content) ? read : throw new LockFileException(path, $"the entry of \"{gamePath}\" does not name a content");
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new LockFileException(path, $"the entry of \"{gamePath}\" cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    private JObject? GameIn(JObject root, string gamePath) => ObjectIn(root, GamesMember) is { } games ? ObjectIn(games, gamePath) : null;

    private JObject? ObjectIn(JObject parent, string name) => parent[name] switch
    {
        null => null,
        JObject value => value,
        var other => throw new LockFileException(path, $"{other.Path} is not an object"),
    };

    private static JObject Sorted(JObject value) => new(value.Properties().OrderBy(property => property.Name, StringComparer.Ordinal));

    private static string Format(JObject root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented })
            root.WriteTo(json);
        return text + "\n";
    }
}

/// <summary>A lock file cannot be used.</summary>
internal sealed class LockFileException(string path, string reason, Exception? inner = null) : Exception($"{path}: {reason}", inner)
{
    public string Path { get; } = path;

    public string Reason { get; } = reason;
}

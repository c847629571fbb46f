using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlayCanvas.Hosting.Content;

/// <summary>A game at one path of the site. Its content may change while the site runs.</summary>
internal sealed class Game(GameEntry entry, TimeProvider clock, ILogger logger)
{
    private readonly object loading = new();
    private GameEntry entry = entry;
    private GameContent? content;

    /// <summary>The path below the root of the site, without slashes at its ends.</summary>
    public string Path { get; } = entry.Path;

    /// <summary>The same path as it occurs in requests.</summary>
    public PathString Root { get; } = new("/" + entry.Path);

    /// <summary>The content in use. It is read when the first request needs it.</summary>
    public GameContent Content
    {
        get
        {
            if (Volatile.Read(ref content) is { } known)
                return known;
            lock (loading)
                return content ??= GameContent.Load(entry, clock, logger);
        }
    }

    /// <summary>Returns the name of the file that a path inside the game's folder means: the folder itself means the page.</summary>
    public static string NameOf(string path) => path.Length == 0 ? GameContent.Page : path;

    /// <summary>Finds a file by its path inside the game's folder.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out GameFile? file) => Content.TryFind(NameOf(path), out file);

    /// <summary>Uses another content from now on, if the entry or the manifest has changed.</summary>
    public void Update(GameEntry current)
    {
        lock (loading)
        {
            if (current == entry && (content is null || content.ManifestStamp == FileStamp.Of(entry.Manifest)))
                return;
            entry = current;
            Volatile.Write(ref content, null);
        }
    }
}

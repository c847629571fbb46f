using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PlayCanvas.Hosting.Tests.Support;

/// <summary>How a site is laid out on the disk.</summary>
public enum Layout
{
    /// <summary>The output of a build: the game is in a folder elsewhere, without compressed variants.</summary>
    Built,

    /// <summary>A published site: the game is below <c>wwwroot</c>, with compressed variants.</summary>
    Published,
}

/// <summary>A folder with a site's program files, and a game as the package lays it out. Deleted after the test.</summary>
internal sealed class TestGame : IDisposable
{
    public const string Page = "index.html";
    public const string Engine = "playcanvas-stable.min.js";
    public const string Texture = "files/assets/1/1/Wände & 100% #1+?.png";
    public const string Model = "files/assets/2/1/box.glb";
    public const string NoExtension = "files/assets/3/1/LICENSE";
    public const string Empty = "files/assets/4/1/empty.txt";
    public const string PageText = "<!doctype html><title>My game</title>";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("playcanvas-hosting-");

    public TestGame(Layout layout, string path = "game", string applicationName = "PlayCanvas.Hosting.Tests", bool sharedMemory = false)
    {
        (Layout, Path, ApplicationName, SharedMemory) = (layout, path, applicationName, sharedMemory);
        Directory.CreateDirectory(System.IO.Path.Combine(Root, "wwwroot"));
        File.WriteAllText(System.IO.Path.Combine(Root, "wwwroot", "index.html"), "the site's own page");
        File.WriteAllText(System.IO.Path.Combine(Root, "wwwroot", "site.css"), "body {}");
        Add(Page, PageText);
        Add("config.json", "{}");
        Add(Engine, string.Join("\n", Enumerable.Range(0, 2_000).Select(number => $"function f{number % 10}() {{ return 1; }}")));
        Add(Texture, "not really a texture");
        Add(Model, "glTF");
        Add(NoExtension, "MIT");
        Add(Empty, "");
        Install();
    }

    public Layout Layout { get; }

    public string Path { get; }

    public string ApplicationName { get; }

    public bool SharedMemory { get; set; }

    /// <summary>The folder of the program.</summary>
    public string Root => root.FullName;

    /// <summary>The number of the content; another content lies in another folder when the layout is that of a build.</summary>
    public int Number { get; set; } = 1;

    /// <summary>Further paths at which the site has the same game.</summary>
    public IReadOnlyList<string> OtherPaths { get; set; } = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public string Index => System.IO.Path.Combine(Root, Layout == Layout.Built ? $"{ApplicationName}.playcanvas.json" : "playcanvas.json");

    public string Folder => Layout == Layout.Built
        ? System.IO.Path.Combine(Root, "elsewhere", $"{Number}")
        : System.IO.Path.Combine([Root, "wwwroot", .. Path.Split('/')]);

    public string Manifest => Layout == Layout.Built ? System.IO.Path.Combine(Root, "elsewhere", $"{Number}.json") : System.IO.Path.Combine(Root, "playcanvas", "game.json");

    public static string Url(string file) => string.Join('/', file.Split('/').Select(Uri.EscapeDataString));

    public void Add(string name, string text) => Files[name] = Encoding.UTF8.GetBytes(text);

    public string PathOf(string file) => Layout == Layout.Built
        ? System.IO.Path.Combine(Folder, file.Replace('/', '^'))
        : System.IO.Path.Combine([Folder, .. file.Split('/')]);

    // The engine names the files by their MD5.
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms")]
    public string Md5Of(string file) => Convert.ToHexStringLower(MD5.HashData(Files[file]));

    public string TagOf(string file, string suffix = "")
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Files[file]).AsSpan(0, 16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"\"{hash}{suffix}\"";
    }

    /// <summary>Writes the files, then the manifest, then the list of games.</summary>
    public void Install()
    {
        foreach (var (name, content) in Files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllBytes(PathOf(name), content);
            if (Layout == Layout.Published && name is Page or Engine)
            {
                Compress(PathOf(name) + ".br", stream => new BrotliStream(stream, CompressionLevel.SmallestSize), content);
                Compress(PathOf(name) + ".gz", stream => new GZipStream(stream, CompressionLevel.SmallestSize), content);
            }
        }

        Write(Manifest, new
        {
            files = Files.Select(file => new object[]
            {
                file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value)), Md5Of(file.Key), 12345, new { later = true },
            }),
            manifestVersion = 1,
            contentId = new string('0', 64),
            sharedMemory = SharedMemory,
            later = new { files = "" },
        });
        WriteIndex();
    }

    public void WriteIndex(int version = 1)
    {
        var isBuilt = Layout == Layout.Built;
        Write(Index, new
        {
            version,
            games = OtherPaths.Prepend(Path).Select(path => new
            {
                path,
                directory = isBuilt ? Folder : $"wwwroot/{Path}/",
                manifest = isBuilt ? Manifest : "playcanvas/game.json",
                isFlat = isBuilt,
                contentId = new string((char)('0' + (Number % 10)), 64),
                engine = "1.2.3",
            }),
        });
    }

    public void Dispose() => root.Delete(recursive: true);

    private static void Compress(string path, Func<Stream, Stream> compress, byte[] content)
    {
        using var stream = compress(File.Create(path));
        stream.Write(content);
    }

    private static void Write(string path, object value)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(value));
    }
}

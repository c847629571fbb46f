using PlayCanvas.Build.Exports.Zip;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Exports.Zip;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Files that are not zips, and zips that are damaged or malicious.</summary>
internal static class ZipRows
{
    private static readonly string LongSegment = new('a', 256);

    private static readonly string LongPath = string.Join('/', Enumerable.Repeat(new string('a', 250), 20));

    private static readonly string[] NamesThatLeadOut =
    [
        "../evil.txt", "files/../../evil.txt", "..", @"..\evil.txt", @"a\..\..\evil.txt", "/evil.txt", "/tmp/evil.txt", @"\evil.txt", @"\\server\share\evil.txt",
        @"C:\evil.txt", "C:evil.txt", "C:/evil.txt", "a:b.txt", ".playcanvas/.manifest.json", ".PlayCanvas/.journal.json", ".gitignore",
    ];

    private static readonly (string Name, HandMadeEntry Entry)[] UnsafeEntries =
    [
        ("a symbolic link", new("link", "../evil.txt") { Method = 0, UnixMode = 0xA1FF }), ("a device", new("device") { UnixMode = 0x2180 }), ("a pipe", new("pipe") { UnixMode = 0x1180 }),
        ("an encrypted entry", new("a.txt") { Flags = 0x809 }), ("a part of a path that is too long", new(LongSegment)), ("a part of a path that is too long in bytes", new(new string('日', 100))), ("an entry that is there twice", new("index.html")),
        ("a file where a folder is", new("files")), ("entries that share bytes", new("a.txt") { Offset = 0, LocalName = "index.html" }),
    ];

    private static readonly (string Name, HandMadeEntry Entry)[] DamagedEntries =
    [
        ("a wrong CRC", new("a.txt") { Crc = 1 }), ("another size", new("a.txt") { Size = 8 }), ("another name in its header", new("a.txt") { LocalName = "b.txt" }),
        ("an unknown method", new("a.txt") { Method = 14 }), ("an offset beyond the file", new("a.txt") { Offset = 0x7FFFFFFF }), ("a compressed size beyond the file", new("a.txt") { CompressedSize = 0x7FFFFFFF }),
        ("data that cannot be unpacked", new("a.txt") { CompressedSize = 3 }),
    ];

    private static readonly string[] NamesThatAreMapped =
    [
        "CON.txt", "aux", "files/NUL.png", "a|b.glb", "ab:c.txt", "what?.txt", "dot.", "space ", "INDEX.html", "\u0001.txt", "ä.txt", "a\u0308.txt",
    ];

    public static IEnumerable<FaultRow> All =>
    [
        .. from name in NamesThatLeadOut
           from row in Zip($"an entry called {name}", With(new HandMadeEntry(name)), "4002")
           select row,
        .. from entry in UnsafeEntries
           from row in Zip(entry.Name, With(entry.Entry), "4002")
           select row,
        .. from entry in DamagedEntries
           from row in Zip(entry.Name, With(entry.Entry), "4001")
           select row,
        // The store can hold such a game, and the project cannot: the name of the branch is asked for before the files are linked.
        .. Downloads("zip: a path that is too long", Packs(With(new HandMadeEntry(LongPath))), Fails("4009", Download).Stored(1, 7).InAll(2)),
        .. Zip("a bomb by ratio", With(new HandMadeEntry("a.bin") { Size = ZipLimits.RatioFreeSize + 1 }), "4003"),
        .. Zip("a bomb by size", With(new HandMadeEntry("a.bin") { IsZip64 = true, Size = ZipLimits.Game.TotalSize + 1 }), "4003"),
        .. Zip("a bomb by count", () => new HandMadeZip(Entries) { IsZip64 = true, EntryCount = ZipLimits.Game.Entries + 1 }.ToArray(), "4003"),
        .. Zip("a directory that counts more", () => new HandMadeZip(Entries) { EntryCount = Entries.Length + 1 }.ToArray(), "4001"),
        .. Zip("a directory beyond the file", () => new HandMadeZip(Entries) { DirectoryOffset = 0x7FFFFFFF }.ToArray(), "4001"),
        .. Zip("a zip64 record that is none", () => new HandMadeZip(Entries) { IsZip64 = true, Zip64EndSignature = 0 }.ToArray(), "4001"),
        .. Zip("cut at half", () => Game.ToZip()[..(Game.ToZip().Length / 2)], "4001"),
        .. Zip("cut at its end", () => Game.ToZip()[..^1], "4001"),
        .. Zip("no zip", () => Zips.Bytes("<!doctype html><title>Sign in</title>"), "4001"),
        .. Zip("nothing", () => [], "4001"),
        .. Zip("no entries", () => new HandMadeZip().ToArray(), "4004"),

        .. Zip("no page", () => Zips.Pack(Game.AllFiles().Where(file => file.Key != "index.html")), "4004"),
        .. Zip("no engine", () => Zips.Pack(Game.AllFiles().Where(file => file.Key != SampleGame.ClassicEngine)), "4004"),
        .. Zip("a configuration that is none", () => Changed("config.json", "<html>"), "4004"),
        .. Zip("a configuration that is a list", () => Changed("config.json", "[]"), "4004"),
        .. Zip("a configuration nested without end", () => Changed("config.json", new string('[', 100_000)), "4004"),
        .. Zip("a configuration of surprising shapes", () => Changed("config.json", """{"scenes":[null,7,{"url":9}],"assets":{"1":null,"2":{"file":{"url":"%zz","variants":[]}}}}"""), "4005"),
        .. Zip("another scene", () => new SampleGame().ToZip(), "4005"),
        .. Zip("an npm project", () => Zips.Pack(new Dictionary<string, byte[]> { ["package.json"] = Zips.Bytes("{}") }), "4006"),

        .. Downloads("zip: an asset missing", Packs(() => Zips.Pack(Game.AllFiles().Where(file => file.Key != SampleGame.BoxPath))), Warns(Download)),
        .. Downloads("zip: a scene missing", Packs(() => Zips.Pack(Game.AllFiles().Where(file => file.Key != $"{SampleGame.SceneId}.json"))), Warns(Download)),
        .. Downloads("zip: an asset of another hash", Packs(() => Changed(SampleGame.BoxPath, "another box")), Warns(Download)),
        .. Downloads("zip: a page that names a missing script", Packs(() => Changed("index.html", """<script src="logo.js"></script>""")), Warns(Download)),
        .. Downloads("zip: in a folder", Packs(() => Zips.Pack(Game.AllFiles().Select(file => new KeyValuePair<string, byte[]>("My game/" + file.Key, file.Value)))), Well(Download)),

        .. from name in NamesThatAreMapped
           select Row(BuildKind.Update, $"zip: an entry called {name}", Packs(With(new HandMadeEntry(name))), Well(Download)),
        .. Downloads("zip: zip64", Packs(() => new HandMadeZip([.. Entries.Select(entry => entry with { IsZip64 = true })]) { IsZip64 = true }.ToArray()), Well(Download)),
        .. Downloads("zip: with a comment", Packs(() => new HandMadeZip(Entries) { Comment = "a comment" }.ToArray()), Well(Download)),
        .. Downloads("zip: nothing deflated", Packs(() => new HandMadeZip([.. Entries.Select(entry => entry with { Method = 0 })]).ToArray()), Well(Download)),
        .. Downloads("zip: entries for folders", Packs(With(new HandMadeEntry("files/", "") { Method = 0, UnixMode = 0x41ED })), Well(Download)),
    ];

    /// <summary>A complete game whose files are all text, with the requested scene.</summary>
    private static SampleGame Game
    {
        get
        {
            var game = new SampleGame();
            game.AddScene(World.MainSceneId);
            return game;
        }
    }

    private static HandMadeEntry[] Entries => [.. Game.AllFiles().Select(file => new HandMadeEntry(file.Key, System.Text.Encoding.UTF8.GetString(file.Value)))];

    private static IEnumerable<FaultRow> Zip(string fault, Func<byte[]> zip, string code) =>
        Downloads($"zip: {fault}", Packs(zip), Fails(code, Download).Stored(1, 7).InAll(2));

    private static Func<byte[]> With(HandMadeEntry entry) => () => new HandMadeZip([.. Entries, entry]).ToArray();

    private static byte[] Changed(string path, string content) =>
        Zips.Pack(Game.AllFiles().Select(file => file.Key == path ? new(path, Zips.Bytes(content)) : file));

    private static Action<SandboxServer> Packs(Func<byte[]> zip) => server => server.Faults.MutateZip = _ => zip();
}

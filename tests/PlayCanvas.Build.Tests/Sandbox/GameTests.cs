using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class GameTests : SandboxFixture
{
    private const int CentralDirectoryHeader = 0x02014B50;
    private const int DataDescriptorFlag = 8;

    [Test]
    public async Task An_export_is_a_complete_game_of_the_classic_layout()
    {
        var export = await ExportAsync();

        Assert.That(export.Keys, Is.SupersetOf((string[])
        [
            "index.html", "__settings__.js", "__modules__.js", "__start__.js", "__loading__.js", "__game-scripts.js", "config.json",
            $"{World.MainSceneId}.json", "manifest.json", "styles.css", "logo.png", "playcanvas-stable.min.js",
            "files/assets/6000002/1/Müster größe 64.png", "files/assets/6000007/1/Armature|Run.glb",
        ]));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task EveryHashOfTheConfigurationIsRight(bool concatenate, bool minify)
    {
        var body = AppBody();
        body["scripts_concatenate"] = concatenate;
        body["scripts_minify"] = minify;
        var export = await ExportAsync(body);
        var files = Assets(export).Where(asset => asset["file"] is not null).ToList();

        Assert.That(files, Has.Count.EqualTo(8));
        Assert.That(export.ContainsKey("__game-scripts.js"), Is.EqualTo(concatenate));
        foreach (var asset in files)
            AssertFile(asset, export);
    }

    [Test]
    public async Task Everything_under_files_is_listed_but_the_later_pages_of_fonts()
    {
        var export = await ExportAsync();
        var listed = Assets(export).SelectMany(Files).Select(Path);

        Assert.That(export.Keys.Where(path => path.StartsWith("files/", StringComparison.Ordinal)).Except(listed), Is.EqualTo((string[])["files/assets/6000010/1/Score1.png"]));
    }

    [Test]
    public async Task Scenes_come_in_the_order_asked_for_and_the_first_starts()
    {
        var export = await ExportAsync(AppBody(World.Level2SceneId, World.MainSceneId));
        var scenes = Config(export)["scenes"]!.AsArray().Select(scene => $"{scene!["name"]}: {scene["url"]}");

        Assert.That(scenes, Is.EqualTo((string[])[$"Level 2: {World.Level2SceneId}.json", $"Main: {World.MainSceneId}.json"]));
        Assert.That(Text(export, "__settings__.js"), Does.Contain($"SCENE_PATH = \"{World.Level2SceneId}.json\";"));
    }

    [Test]
    public async Task ASceneTellsItsBranch()
    {
        var body = AppBody();
        body["branch_id"] = World.DevelopmentBranchId;
        var export = await ExportAsync(body);
        var scene = JsonNode.Parse(export[$"{World.MainSceneId}.json"])!;

        Assert.That((int)scene["id"]!, Is.EqualTo(World.MainSceneId));
        Assert.That((string?)scene["branch_id"], Is.EqualTo(World.DevelopmentBranchId));
        Assert.That((string?)scene["checkpoint_id"], Is.EqualTo(Server.World.Branches.First(branch => branch.Id == World.DevelopmentBranchId).LatestCheckpointId));
    }

    [Test]
    public async Task TheZipIsMadeAsPlayCanvasMakesIt()
    {
        var zip = await DownloadAsync();
        using var archive = new ZipArchive(new MemoryStream(zip));

        Assert.That(archive.Entries.Select(entry => entry.FullName), Has.None.EndsWith("/"));
        Assert.That(archive.Entries.Select(entry => entry.LastWriteTime).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(archive.Entries.Select(entry => entry.ExternalAttributes >>> 16), Is.All.EqualTo(Convert.ToInt32("100644", 8)));
        Assert.That(LocalHeaders(zip), Is.All.EqualTo((Method: 8, Descriptor: true, Size: 0)));
    }

    [Test]
    public async Task Two_exports_of_unchanged_content_have_the_same_entries()
    {
        var first = await ExportAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var second = await ExportAsync();

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task AChangedAssetHasANewPathAndHash()
    {
        var first = await ExportAsync();
        Server.World.ChangeGame(game => game.With("level data (1).json", "{}"));
        var second = await ExportAsync();

        Assert.That(second.Keys.Except(first.Keys), Is.EqualTo((string[])["files/assets/6000008/2/level data (1).json"]));
        Assert.That(first.Keys.Except(second.Keys), Is.EqualTo((string[])["files/assets/6000008/1/level data (1).json"]));
        Assert.That(first.Keys.Intersect(second.Keys).Where(path => !first[path].AsSpan().SequenceEqual(second[path])), Is.EqualTo((string[])["config.json"]));
        AssertFile(Assets(second).Single(asset => (string?)asset["name"] == "level data (1).json"), second);
    }

    [Test]
    public async Task AssetsCanComeAndGo()
    {
        Server.World.ChangeGame(game => game.Without("Wood.jpg").With("new.txt", "new").WithRootFile("extra/CON.txt", "odd"));
        var export = await ExportAsync();

        Assert.That(export.Keys, Has.None.Contain("Wood"));
        Assert.That(export.Keys, Has.One.EndsWith("/new.txt"));
        Assert.That(Text(export, "extra/CON.txt"), Is.EqualTo("odd"));
    }

    [Test]
    public async Task An_export_shows_what_the_branch_held_when_it_was_asked_for()
    {
        Server.Options.JobDuration = TimeSpan.FromSeconds(1);
        using var response = await PostAsync("apps/download", AppBody());
        var id = (await ReadAsync(response))["id"];
        Server.World.ChangeGame(game => game.With("late.txt", "late"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        var job = await GetAsync($"jobs/{id}");

        Assert.That(Unzip(await Storage.GetByteArrayAsync((string?)job["data"]!["download_url"])).Keys, Has.None.Contain("late.txt"));
    }

    [Test]
    public async Task PreloadBundlesLieBesideTheFiles()
    {
        var body = AppBody();
        body["preload_bundle"] = true;
        var export = await ExportAsync(body);

        Assert.That(Unzip(export["preload-android.zip"]).Keys, Contains.Item("index.html"));
        Assert.That(export.Keys, Contains.Item("preload-ios.zip"));
    }

    [Test]
    public async Task TheNpmFormatIsAProjectToBuild()
    {
        var body = AppBody();
        body["format"] = "npm";
        var export = await ExportAsync(body);

        Assert.That(export.Keys, Is.SupersetOf((string[])["package.json", "src/data/config.json", $"src/data/{World.MainSceneId}.json"]));
        Assert.That(export.Keys, Has.None.EqualTo("config.json"));
    }

    [Test]
    public async Task AProjectsExportHoldsItsScenesAndSources()
    {
        using var response = await PostAsync($"projects/{World.ProjectId}/export", new JsonObject { ["branch_id"] = World.MainBranchId });
        var job = await GetAsync($"jobs/{(await ReadAsync(response))["id"]}");
        var archive = Unzip(await Storage.GetByteArrayAsync((string?)job["data"]!["url"]));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(archive.Keys, Is.SupersetOf((string[])["project.json", "assets.json", $"scenes/{World.MainSceneId}.json", "files/assets/6000005/1/spin.js"]));
    }

    [Test]
    public async Task AnUploadedAssetIsInTheNextExport()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"{World.ProjectId}"), "projectId" },
            { new StringContent(World.MainBranchId), "branchId" },
            { new StringContent("notes.txt"), "name" },
            { new StringContent("true"), "preload" },
            { new ByteArrayContent("hello"u8.ToArray()), "file", "notes.txt" },
        };
        using var response = await Api.PostAsync("assets", form);
        var asset = await ReadAsync(response);
        var file = await Api.GetByteArrayAsync($"assets/{asset["id"]}/file/notes.txt?branchId={World.MainBranchId}");
        var export = await ExportAsync();

        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        Assert.That(Encoding.UTF8.GetString(file), Is.EqualTo("hello"));
        Assert.That(Text(export, $"files/assets/{asset["id"]}/1/notes.txt"), Is.EqualTo("hello"));
    }

    private static JsonObject Config(Dictionary<string, byte[]> export) => JsonNode.Parse(export["config.json"])!.AsObject();

    private static IEnumerable<JsonObject> Assets(Dictionary<string, byte[]> export) =>
        Config(export)["assets"]!.AsObject().Select(asset => asset.Value!.AsObject());

    private static string Text(Dictionary<string, byte[]> export, string path) => Encoding.UTF8.GetString(export[path]);

    private static string Path(JsonNode file) => Uri.UnescapeDataString((string)file["url"]!);

    private static IEnumerable<JsonNode> Files(JsonObject asset) =>
        asset["file"] is { } file ? [file, .. file["variants"]?.AsObject().Select(variant => variant.Value!) ?? []] : [];

    // Asserts the rules by which a hash in config.json is computed from the bytes of the files.
    private static void AssertFile(JsonObject asset, Dictionary<string, byte[]> export)
    {
        var file = asset["file"]!;
        var path = Path(file);
        if (file["variants"]?["basis"] is { } basis)
        {
            Assert.That(export.ContainsKey(path), Is.False, "The export must not contain the original of a compressed texture.");
            AssertBytes(basis, export[Path(basis)]);
        }
        else if ((string?)asset["type"] == "font")
        {
            AssertBytes(file, [.. export[path], .. export[path.Replace("Score.png", "Score1.png", StringComparison.Ordinal)]]);
        }
        else if ((string?)asset["type"] == "script")
        {
            Assert.That((string?)file["hash"], Is.EqualTo(Md5(export[path])));
            Assert.That((int)file["size"]!, Is.EqualTo(Encoding.UTF8.GetString(export[path]).Length), "The size of a script is counted in UTF-16 code units.");
        }
        else
        {
            AssertBytes(file, export[path]);
        }
    }

    private static void AssertBytes(JsonNode file, byte[] bytes)
    {
        Assert.That((string?)file["hash"], Is.EqualTo(Md5(bytes)), (string?)file["url"]);
        Assert.That((long)file["size"]!, Is.EqualTo(bytes.LongLength), (string?)file["url"]);
    }

#pragma warning disable CA5351 // The format uses MD5.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static IEnumerable<(int Method, bool Descriptor, int Size)> LocalHeaders(byte[] zip)
    {
        for (var at = 0; at < zip.Length - 46; at++)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at)) != CentralDirectoryHeader)
                continue;
            var local = zip.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at + 42)));
            yield return (
                BinaryPrimitives.ReadInt16LittleEndian(local[8..]),
                (BinaryPrimitives.ReadInt16LittleEndian(local[6..]) & DataDescriptorFlag) != 0,
                BinaryPrimitives.ReadInt32LittleEndian(local[18..]) | BinaryPrimitives.ReadInt32LittleEndian(local[22..]));
        }
    }
}

public class LargeGameTests : SandboxFixture
{
    private const int Size = 3_000_000;

    protected override void Configure(SandboxOptions options)
    {
        options.GameSize = Size;
        options.GameFiles = 50;
    }

    [Test]
    public async Task AGeneratedGameHasItsSizeAndCount()
    {
        var generated = (await ExportAsync()).Where(file => Path.GetFileName(file.Key).StartsWith("generated ", StringComparison.Ordinal)).ToList();

        Assert.That(generated, Has.Count.EqualTo(50));
        Assert.That(generated.Sum(file => file.Value.Length), Is.EqualTo(Size));
    }

    [Test]
    public void AFewFilesAreLargeAndMostAreSmall()
    {
        var lengths = new Game().WithGeneratedFiles(200_000_000, 3_000).Assets.Select(asset => asset.Content!.Length).OrderDescending().ToList();

        Assert.That(lengths.Sum(), Is.EqualTo(200_000_000));
        Assert.That(lengths.Take(30).Sum(), Is.InRange(80_000_000, 120_000_000), "Bytes in the largest hundredth of the files");
        Assert.That(lengths[1_500], Is.InRange(5_000, 50_000), "Bytes of the median file");
        Assert.That(lengths[^1], Is.InRange(1_000, 10_000), "Bytes of the smallest file");
    }

    [TestCase("txt", 0.2, 0.4)]
    [TestCase("bin", 0.99, 1.01)]
    public async Task Of_a_generated_game_a_text_is_made_smaller_by_deflate_and_nothing_else(string extension, double least, double most)
    {
        using var zip = new ZipArchive(new MemoryStream(await DownloadAsync()));
        var entries = zip.Entries.Where(entry => entry.Name.StartsWith("generated ", StringComparison.Ordinal) && entry.Name.EndsWith(extension, StringComparison.Ordinal)).ToList();

        Assert.That((double)entries.Sum(entry => entry.CompressedLength) / entries.Sum(entry => entry.Length), Is.InRange(least, most));
        Assert.That(entries, Has.Count.EqualTo(extension == "txt" ? 17 : 33));
    }

    [Test]
    public void TheSameSeedMakesTheSameFiles()
    {
        var hashes = new Game().WithGeneratedFiles(Size, 10, seed: 5).Assets.Select(asset => asset.Content!.Md5);
        var same = new Game().WithGeneratedFiles(Size, 10, seed: 5).Assets.Select(asset => asset.Content!.Md5);
        var other = new Game().WithGeneratedFiles(Size, 10, seed: 6).Assets.Select(asset => asset.Content!.Md5);

        Assert.That(same, Is.EqualTo(hashes));
        Assert.That(other.Intersect(hashes), Is.Empty);
    }
}

using System.Security.Cryptography.X509Certificates;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Clients;

/// <summary>Tests <c>playcanvas-sync</c>, the official program that synchronizes a folder with the text assets of a branch. It supports only https.</summary>
public sealed class SyncClientTests : ClientFixture
{
    private const string Program = "node_modules/playcanvas-sync/pcsync.js";

    private static readonly string[] SyncedTypes = ["script", "text", "html", "css", "json", "shader"];

    private X509Certificate2? certificate;

    private string Target => Path.Combine(Folder, "target");

    private string CertificateFile => Path.Combine(Folder, "trusted.pem");

    private Dictionary<string, string?> Variables => new()
    {
        ["NODE_EXTRA_CA_CERTS"] = CertificateFile,
        ["PLAYCANVAS_API_KEY"] = SandboxOptions.DefaultAccessToken,
        ["PLAYCANVAS_BASE_URL"] = Sandbox.ApiUrl.GetLeftPart(UriPartial.Authority),
        ["PLAYCANVAS_TARGET_DIR"] = Target,
        ["PLAYCANVAS_BAD_FILE_REG"] = @"^\.|~$",
        ["PLAYCANVAS_BAD_FOLDER_REG"] = @"\.",
    };

    [SetUp]
    public async Task SetUpTarget()
    {
        ClientsSetUp.RequirePackages();
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(CertificateFile, certificate!.ExportCertificatePem());
    }

    [TearDown]
    public void DisposeOfTheCertificate() => certificate?.Dispose();

    [Test]
    public async Task ItPullsWhatItLists()
    {
        var expected = SyncedAssets();
        var listed = await SyncAsync("diffAll");
        await SyncAsync("pullAll", "--yes");
        var listedAgain = await SyncAsync("diffAll");

        Assert.That(expected, Is.Not.Empty);
        Assert.That(Lines(listed), Is.SupersetOf(expected.Keys.Prepend("---- Remote Files Missing on Local ----")));
        Assert.That(PulledFiles(), Is.EquivalentTo(expected));
        Assert.That(Lines(listedAgain), Is.Empty);
    }

    [Test]
    public async Task ItPullsOneFile()
    {
        var (path, content) = SyncedAssets().First();

        var output = await SyncAsync("pull", path);

        Assert.That(Lines(output), Is.EqualTo([$"Created {path}"]));
        Assert.That(PulledFiles(), Is.EquivalentTo(new Dictionary<string, string> { [path] = content }));
    }

    [Test]
    public async Task ItPushesRenamesAndRemoves()
    {
        var file = Path.Combine(Target, "pushed.js");
        await File.WriteAllTextAsync(file, "// first\n");
        await SyncAsync("push", "pushed.js");
        var created = SyncedAssets()["pushed.js"];
        await File.WriteAllTextAsync(file, "// second\n");
        await SyncAsync("push", "pushed.js");
        var updated = SyncedAssets()["pushed.js"];
        await SyncAsync("rename", "pushed.js", "renamed.js");
        var renamed = SyncedAssets()["renamed.js"];
        await SyncAsync("rm", "renamed.js");

        Assert.That((string[])[created, updated, renamed], Is.EqualTo(["// first\n", "// second\n", "// second\n"]));
        Assert.That(SyncedAssets(), Does.Not.ContainKey("pushed.js").And.Not.ContainKey("renamed.js"));
    }

    [Test]
    public async Task ItRefusesABranchThatIsNotCheckedOut()
    {
        Sandbox.World.ChangeProject(World.ProjectId, project => project with { CurrentBranchId = World.DevelopmentBranchId });

        var result = await TryRunAsync(Program, Variables, "pullAll", "--yes");

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.StandardOutput + result.StandardError, Does.Contain("Provided branch id does not match your current PlayCanvas branch"));
    }

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.Certificate = certificate = Certificates.Make("127.0.0.1");
        return options;
    }

    private Task<string> SyncAsync(params string[] arguments) => RunAsync(Program, Variables, arguments);

    /// <summary>The text assets of the branch, by the paths that the program uses for them.</summary>
    private Dictionary<string, string> SyncedAssets()
    {
        var assets = Sandbox.World.GameOf(World.MainBranchId).Assets.ToDictionary(asset => asset.Id);
        return assets.Values.Where(asset => SyncedTypes.Contains(asset.Type)).ToDictionary(asset => PathOf(asset, assets), asset => asset.Content!.ReadAllText());
    }

    private static string PathOf(GameAsset asset, Dictionary<int, GameAsset> assets) =>
        asset.Parent is { } parent ? $"{PathOf(assets[parent], assets)}/{asset.Name}" : asset.Name;

    private Dictionary<string, string> PulledFiles() => Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Target, file).Replace('\\', '/'), File.ReadAllText);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

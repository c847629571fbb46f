using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Where the token comes from, and that it stays there.</summary>
public sealed class TokenTests : ConsumerFixture
{
    private static readonly string[] HomeVariables = ["HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"];

    private readonly string token = "secret-" + Guid.NewGuid().ToString("N");

    [Test]
    public async Task StaysOutOfEveryLogAndFile()
    {
        Token = token;
        // A home of its own: what is remembered there is searched too, while no other test changes it.
        var home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        foreach (var variable in HomeVariables)
            SetVariable(variable, home);
        var project = Console().DownloadsOnBuild().PublishesOnPublish();

        var build = await project.RunAsync("build", "-v:diag", "-bl:build.binlog");
        var publish = await project.RunAsync("publish", "-v:diag", "-bl:publish.binlog");
        Token = token + "-revoked";
        var refused = await project.RunAsync("build", "--no-restore", "-v:diag", "-bl:refused.binlog", "-p:PlayCanvasUpdate=true");

        build.AssertSucceeded();
        publish.AssertSucceeded();
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        foreach (var result in new[] { build, publish, refused })
            Assert.That(result.Output.Contains(token, StringComparison.Ordinal), Is.False, $"the token in the output of {result}");
        await AssertInNoFileAsync(Folder);
        Assert.That(Directory.Exists(Path.Combine(home, "PlayCanvas.Build")), "the rate limits are among what was searched");
        Assert.That(Sandbox.Requests.Where(request => request.Origin == Origin.Api).Select(request => request.Headers["Authorization"]), Has.Some.EqualTo($"Bearer {token}"));
        Assert.That(Sandbox.LeakedAuthorization, Is.False);
    }

    [Test]
    public async Task IsReadFromAFile()
    {
        Token = null;
        var project = Console().WithGame().Set("PlayCanvasAccessTokenFile", "../token.txt").WithFile("../token.txt", token + "\n");

        await project.BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    [Test]
    public async Task IsReadFromAnotherVariable()
    {
        Token = null;
        SetVariable("OUR_PLAYCANVAS_TOKEN", token);

        await Console().WithGame().Set("PlayCanvasAccessTokenVariable", "OUR_PLAYCANVAS_TOKEN").BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    [Test]
    public async Task IsReadFromUserSecrets()
    {
        Token = null;
        var project = Console().WithGame().Set("UserSecretsId", token[^32..]);
        (await project.RunAsync("user-secrets", "set", "PlayCanvas:AccessToken", token)).AssertSucceeded();

        await project.BuildAsync("-t:PlayCanvasListApps");

        Assert.That(Sandbox.Requests[0].Status, Is.EqualTo(200));
    }

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.AccessTokens[token] = "sandbox/organization";
        return options;
    }

    private async Task AssertInNoFileAsync(string folder)
    {
        var secret = Encoding.UTF8.GetBytes(token);
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var content = await ReadAsync(file);
            Assert.That(content.AsSpan().IndexOf(secret), Is.EqualTo(-1), $"place of the token in {file}");
        }
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var raw = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using Stream content = Path.GetExtension(file) == ".binlog" ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory);
        return memory.ToArray();
    }
}

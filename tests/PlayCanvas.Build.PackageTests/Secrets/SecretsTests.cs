using System.IO.Compression;
using System.Text;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Secrets;

/// <summary>Tests that no file contains the token, a part of it, or the signature of an address, whatever logging is enabled.</summary>
public sealed class SecretsTests : SecretsFixture
{
    private const string HandshakeSalt = "MSBUILDNODEHANDSHAKESALT";

    /// <summary>All property tracking of MSBuild except for initial values (2), which logs environment variables that no project reads.</summary>
    private const string TrackedWithoutVariables = "13";

    [Test]
    public async Task InADownloadAndAPublish()
    {
        SetVariable("MSBuildDebugEngine", "1");
        SetVariable("MsBuildLogPropertyTracking", TrackedWithoutVariables);
        var project = Web().DownloadsOnBuild().PublishesOnPublish().Save();

        (await RunLoggedAsync(project.Folder, "build", "-check", $"-profileEvaluation:{Path.Combine(Folder, "profile.md")}")).AssertSucceeded();
        (await RunLoggedAsync(project.Folder, "publish", "-p:PlayCanvasUpdate=true")).AssertSucceeded();
        (await RunLoggedAsync(project.Folder, "build", "-t:PlayCanvasListApps", "-bl:imports.binlog;ProjectImports=ZipFile")).AssertSucceeded();
        var json = await project.RunAsync("msbuild", "-getTargetResult:PlayCanvasListApps", "-getResultOutputFile:apps.json");
        json.AssertSucceeded();

        Assert.That(Sandbox.Requests.Where(request => request.Origin == Origin.Api).Select(request => request.Headers["Authorization"]), Is.All.EqualTo($"Bearer {Secret}"));
        Assert.That(Sandbox.LeakedAuthorization, Is.False);
        Assert.That(Sandbox.SignedUrls, Is.Not.Empty);
        Assert.That(Directory.EnumerateFiles(DebugFolder, "*.binlog", SearchOption.AllDirectories), Is.Not.Empty, "Logs of the MSBuild engine itself");
        Assert.That(Directory.EnumerateFiles(Home, "*.json", SearchOption.AllDirectories), Has.Some.Contains("rate-limits"), "The files that builds share must be among the searched files.");
        AssertNoSecretInAnyFile();
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task InAMultithreadedBuild()
    {
        var project = Console().DownloadsOnBuild().PublishesOnPublish().Save();

        (await RunLoggedAsync(project.Folder, "publish", "-mt")).AssertSucceeded();

        Assert.That(Publishes, Has.Count.EqualTo(1));
        AssertNoSecretInAnyFile();
    }

    [Test]
    [Platform("Linux", Reason = "The remaining processes are found by their environment, which only Linux exposes.")]
    [Category(LongTests.Category)]
    public async Task InProcessesThatStay()
    {
        var salt = Guid.NewGuid().ToString("N");
        SetVariable(HandshakeSalt, salt);
        SetVariable("MSBUILDDISABLENODEREUSE", "0");
        SetVariable("DOTNET_CLI_USE_MSBUILD_SERVER", "1");
        SetVariable("MSBUILDDEBUGCOMM", "1");
        foreach (var name in new[] { "First", "Second" })
            (await Console(name).DownloadsOnBuild().RunAsync("restore")).AssertSucceeded();
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "all.proj"),
            """<Project><Target Name="Build"><MSBuild Projects="First/First.csproj;Second/Second.csproj" BuildInParallel="true" /></Target></Project>""");
        try
        {
            (await RunLoggedAsync(Folder, "msbuild", "all.proj", "-m:2", "-nr:true")).AssertSucceeded();
            (await RunLoggedAsync(Folder, "msbuild", "all.proj", "-m:2", "-nr:true", "-p:PlayCanvasUpdate=true")).AssertSucceeded();

            var left = LeftProcesses.Find($"{HandshakeSalt}={salt}");
            TestContext.Out.WriteLine(string.Join('\n', left));
            Assert.That(left, Has.Some.Contains("nodemode:1").And.Some.Contains("nodemode:8"), "A build node and the build server must remain.");
        }
        finally
        {
            LeftProcesses.End($"{HandshakeSalt}={salt}");
        }

        Assert.That(ExportsAskedFor, Is.EqualTo(2), "Both projects share the export of a build.");
        AssertNoSecretInAnyFile();
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task WhenAServerRepeatsIt()
    {
        var project = Console().WithGame().Save();
        (await project.RunAsync("restore")).AssertSucceeded();
        await AssertFailsAsync("PlayCanvasListApps", "PLAYCANVAS2001", "*/apps", Fault.Status(401, $"Bearer {Secret} is unknown"));
        await AssertFailsAsync("PlayCanvasListApps", "PLAYCANVAS2002", "*/apps", Fault.Status(403, new string('x', 280) + Secret));
        await AssertFailsAsync("PlayCanvasListApps", "PLAYCANVAS2009", "*/apps", Fault.Body($"<title>{Secret}</title>", "text/html"));
        await AssertFailsAsync("PlayCanvasListApps", "PLAYCANVAS2011", "*/apps", Fault.Redirect($"http://{Guid.NewGuid():N}.example.test/?access_token={Uri.EscapeDataString(Secret)}"));
        await AssertFailsAsync("PlayCanvasDownloadApp", "PLAYCANVAS3003", "*/jobs/*", Fault.Body($$$"""{"id":"1","status":"complete","data":{"download_url":"ftp://127.0.0.1/{{{Secret}}}"}}""", "application/json"));
        await AssertFailsAsync("PlayCanvasDownloadApp", "PLAYCANVAS4011", "/exports/*", Fault.Status(400, $"Authorization: Bearer {Secret}"));
        Sandbox.Faults.NextJobs(JobOutcome.Error($"cannot fetch with {Secret}"));
        await AssertFailsAsync("PlayCanvasDownloadApp", "PLAYCANVAS3001");
        Sandbox.Faults.MutateZip = zip => zip[..(zip.Length / 2)];
        await AssertFailsAsync("PlayCanvasDownloadApp", "PLAYCANVAS4001");
        AssertNoSecretInAnyFile();

        async Task AssertFailsAsync(string target, string code, string path = "-", Fault? fault = null)
        {
            if (fault is not null)
                Sandbox.Faults.On("GET", path, fault, FaultScript.EveryCall);
            var result = await RunLoggedAsync(project.Folder, "msbuild", $"-t:{target}", "-p:PlayCanvasMaxRetries=0");
            Assert.That(result.Errors.Select(error => error.Code).Distinct(), Is.EqualTo([code]), result.Output);
            Sandbox.Faults.Clear();
        }
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task InErrorsThatNobodyExpected()
    {
        // The root of the file system has no parent folder: a call with this path fails with that error after the token has been used.
        var project = Console().WithGame().Add($"""
            <Target Name="Mistaken">
              <ItemGroup>
                <Mistake Include="game" ProjectFile="/" StateDirectory="state" ProjectId="$(PlayCanvasProjectId)" Scenes="Main" AppName="Game" ApiUrl="$(PlayCanvasApiUrl)" />
              </ItemGroup>
              <PlayCanvasPublishApp Game="@(Mistake)" />
            </Target>
            <UsingTask TaskName="Crash" TaskFactory="RoslynCodeTaskFactory" AssemblyFile="$(MSBuildToolsPath)/Microsoft.Build.Tasks.Core.dll">
              <Task><Code Type="Fragment" Language="cs">throw new System.OutOfMemoryException("for the test");</Code></Task>
            </UsingTask>
            <Target Name="Crashing" DependsOnTargets="PlayCanvasListApps"><Crash /></Target>
            """).Save();
        (await project.RunAsync("restore")).AssertSucceeded();

        var mistaken = await RunLoggedAsync(project.Folder, "msbuild", "-t:Mistaken");
        var crashed = await RunLoggedAsync(project.Folder, "msbuild", "-t:Crashing");

        Assert.That(mistaken.Errors.Select(error => error.Code), Does.Contain("MSB4018"), mistaken.Output);
        Assert.That(Sandbox.Requests, Is.Not.Empty, "The token must have been used before.");
        Assert.That(crashed.ExitCode, Is.Not.Zero);
        Assert.That(Directory.EnumerateFiles(DebugFolder), Has.Some.EndsWith(".failure.txt"), crashed.Output);
        AssertNoSecretInAnyFile();
    }

    [Test]
    public async Task WhereItComesFromAFileOrUserSecrets()
    {
        Token = null;
        var file = Path.Combine(Folder, "token.txt");
        await File.WriteAllTextAsync(file, Secret + "\n");
        var fromFile = Console("FromFile").DownloadsOnBuild().Set("PlayCanvasAccessTokenFile", "../token.txt").Save();
        var fromSecrets = Console("FromSecrets").DownloadsOnBuild().Set("PlayCanvasScenes", "Level 2").Set("UserSecretsId", Guid.NewGuid().ToString()).Save();
        (await fromSecrets.RunAsync("user-secrets", "set", "PlayCanvas:AccessToken", Secret)).AssertSucceeded();
        var secrets = Directory.EnumerateFiles(Home, "secrets.json", SearchOption.AllDirectories).Single();

        (await RunLoggedAsync(fromFile.Folder, "build")).AssertSucceeded();
        (await RunLoggedAsync(fromSecrets.Folder, "build")).AssertSucceeded();

        Assert.That(ExportsAskedFor, Is.EqualTo(2));
        AssertNoSecretInAnyFile(file, secrets);
    }

    /// <summary>Covers a leak that this package cannot prevent, and shows that the search reads real logs.</summary>
    [TestCase("MSBUILDLOGALLENVIRONMENTVARIABLES", "1")]
    [TestCase("MsBuildLogPropertyTracking", "2", Category = LongTests.Category)]
    public async Task Is_found_where_MSBuild_is_told_to_log_the_whole_environment(string variable, string value)
    {
        SetVariable(variable, value);
        var project = Console().WithGame().Save();

        (await RunLoggedAsync(project.Folder, "msbuild", "-t:Nothing", "-p:DefineConstants=1")).AssertFailedWith("MSB4057");

        var found = new SecretSearch([Secret]).FindIn(FilesIn(Folder).SelectMany(FileLayer.Of)).ToList();
        Assert.That(found, Has.Some.Contains(".binlog/gzip: as it is").And.Some.Contains(".log: as it is").And.Some.Contains(".output.txt: as it is"));
    }

    [TestCaseSource(typeof(SecretSearch), nameof(SecretSearch.Spellings))]
    public void IsFoundInEverySpelling(string spelling)
    {
        var spelled = SecretSearch.Spell(Secret, spelling);
        var search = new SecretSearch([Secret]);

        Assert.That(Find(spelled), Is.Not.Empty, "The complete secret");
        Assert.That(Find(spelled[^26..]), Is.Not.Empty, "The end of the secret");
        Assert.That(Find(spelled[3..29]), Is.Not.Empty, "A part of the secret");
        Assert.That(Find(spelled[..5]), Is.Empty, "Too short to be recognized");

        IEnumerable<string> Find(byte[] bytes) => search.FindIn([new FileLayer("file", [.. "before "u8, .. bytes, .. " behind"u8])]);
    }

    [TestCase("plain.txt", "plain.txt")]
    [TestCase("packed.gz", "packed.gz/gzip")]
    [TestCase("packed.br", "packed.br/brotli")]
    [TestCase("packed.zip", "packed.zip/entry.bin")]
    [TestCase("twice.nupkg", "twice.nupkg/entry.bin/entry.bin")]
    public void IsFoundInFilesOfEveryKind(string name, string layer)
    {
        var planted = Encoding.UTF8.GetBytes($"before {Secret[4..20]} behind");
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, Path.GetExtension(name) switch
        {
            ".gz" => Pack(planted, stream => new GZipStream(stream, CompressionLevel.Optimal)),
            ".br" => Pack(planted, stream => new BrotliStream(stream, CompressionLevel.Optimal)),
            ".zip" => Zip(planted),
            ".nupkg" => Zip(Zip(planted)),
            _ => planted,
        });

        Assert.That(new SecretSearch([Secret]).FindIn(FileLayer.Of(path)), Has.One.EndsWith($"{layer}: as it is"));
    }

    /// <summary>The project file contains the token, so the archive of imported files in the log contains it too.</summary>
    [Test]
    public async Task IsFoundInTheProjectsThatALogCarries()
    {
        var project = Console().Add($"<!-- {Secret} -->").Save();

        await RunLoggedAsync(project.Folder, "msbuild", "-t:Nothing");

        var found = new SecretSearch([Secret]).FindIn(FilesIn(Folder).Where(file => file != project.ProjectFile).SelectMany(FileLayer.Of));
        Assert.That(found, Has.Some.Contains(".binlog/imports/").And.Some.Contains("Desk.csproj: as it is"));
    }

    private static byte[] Zip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("entry.bin").Open())
            entry.Write(content);
        return memory.ToArray();
    }

    private static byte[] Pack(byte[] content, Func<Stream, Stream> packer)
    {
        using var memory = new MemoryStream();
        using (var packed = packer(memory))
            packed.Write(content);
        return memory.ToArray();
    }
}

using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Secrets;

/// <summary>Base of the tests that search every file of a build for secrets: home, temporary files and packages are also in the folder of the test.</summary>
public abstract class SecretsFixture : ConsumerFixture
{
    private static readonly string[] HomeVariables = ["HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA", "DOTNET_CLI_HOME"];
    private static readonly string[] TemporaryVariables = ["TMPDIR", "TEMP", "TMP"];

    private readonly int seed = Random.Shared.Next();
    private int runs;

    protected SecretsFixture()
    {
        var bytes = new byte[30];
        new Random(seed).NextBytes(bytes);
        Secret = "+/" + Convert.ToBase64String(bytes);
    }

    /// <summary>A token that contains characters that are escaped in an address.</summary>
    private protected string Secret { get; }

    private protected string Home => Path.Combine(Folder, "home");

    private protected string DebugFolder => Path.Combine(Folder, "debug");

    [SetUp]
    public void SetUpFolders()
    {
        TestContext.Out.WriteLine($"Seed of the token: {seed.ToString(CultureInfo.InvariantCulture)}");
        Token = Secret;
        SetFolder(Home, HomeVariables);
        SetFolder(Path.Combine(Folder, "temporary"), TemporaryVariables);
        SetFolder(DebugFolder, "MSBUILDDEBUGPATH");
        // The pipes and sockets of debuggers and profilers are among the temporary files. They have no content and cannot be read.
        SetVariable("DOTNET_EnableDiagnostics", "0");
        SetVariable("NUGET_PACKAGES", Path.Combine(Folder, "packages"));
    }

    /// <summary>The servers were started with other folders and without the variables of the test.</summary>
    private protected override bool BuildsInServers => false;

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.AccessTokens[Secret] = "sandbox/organization";
        return options;
    }

    /// <summary>Runs <c>dotnet</c> with all of its loggers. The console output is searched too.</summary>
    private protected async Task<CommandResult> RunLoggedAsync(string folder, params string[] arguments)
    {
        var log = Path.Combine(Folder, "run" + (++runs).ToString(CultureInfo.InvariantCulture));
        var result = await RunAsync(folder, [.. arguments, "-v:diag", $"-bl:{log}.binlog", $"-flp:v=diag;logfile={log}.log"]);
        await File.WriteAllTextAsync(log + ".output.txt", result.Output);
        return result;
    }

    /// <summary>Searches every file for the token and for the signatures of all signed addresses, and lists the files.</summary>
    /// <param name="sources">Files from which the token is read, and which therefore contain it.</param>
    private protected void AssertNoSecretInAnyFile(params string[] sources)
    {
        var signatures = Sandbox.SignedUrls.Select(url => url[(url.LastIndexOf('=') + 1)..]).Distinct().ToList();
        var search = new SecretSearch([Secret, .. signatures, .. OtherSecrets]);
        var files = FilesIn(Folder).Where(file => !sources.Contains(file)).Select(file => (Path: file, Layers: FileLayer.Of(file))).ToList();

        Report(files, signatures.Count);
        Assert.That(files.SelectMany(file => search.FindIn(file.Layers)), Is.Empty, "Files that contain a secret");
    }

    /// <summary>Other secrets that no file may contain.</summary>
    private protected virtual IEnumerable<string> OtherSecrets => [];

    private protected static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal);

    private void SetFolder(string path, params string[] names)
    {
        Directory.CreateDirectory(path);
        foreach (var name in names)
            SetVariable(name, path);
    }

    /// <summary>Reports the searched files. The list is kept after the files have been deleted.</summary>
    private void Report(List<(string Path, IReadOnlyList<FileLayer> Layers)> files, int signatures)
    {
        var lines = files.SelectMany(file => file.Layers).Select(layer => $"{layer.Content.Length,12:N0}  {Path.GetRelativePath(Folder, layer.Name).Replace('\\', '/')}").ToList();
        var list = Path.Combine(TestContext.CurrentContext.WorkDirectory, "searched-files", TestContext.CurrentContext.Test.MethodName + ".txt");
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        File.WriteAllLines(list, lines);
        TestContext.AddTestAttachment(list, "Every searched file, the files unpacked from it, and their sizes");

        var kinds = files.GroupBy(file => Path.GetExtension(file.Path)).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Count()} {(kind.Key.Length == 0 ? "without extension" : kind.Key)}");
        TestContext.Out.WriteLine(
            $"Searched {files.Count} files ({lines.Count} including unpacked ones, {files.Sum(file => file.Layers.Sum(layer => (long)layer.Content.Length)):N0} bytes) for the token and {signatures} signatures.\n"
            + $"Kinds: {string.Join(", ", kinds)}.\nAll of them: {list}");
    }
}

namespace Benchmarks;

/// <summary>The alternatives to this package, each of which installs the export at the same URL.</summary>
internal sealed class OtherWays
{
    private readonly Workbench bench;
    private readonly SandboxProcess sandbox;
    private readonly Uri url;
    private readonly Project plain;
    private readonly string node;

    private OtherWays(Workbench bench, SandboxProcess sandbox, Uri url, Project plain, string node)
    {
        this.bench = bench;
        this.sandbox = sandbox;
        this.url = url;
        this.plain = plain;
        this.node = node;
    }

    public static async Task<OtherWays> PrepareAsync(Workbench bench, SandboxProcess sandbox, Uri url)
    {
        var plain = bench.AddProject("plain", ProjectFiles.Console("""
              <Target Name="FetchGame" BeforeTargets="BeforeBuild">
                <DownloadFile SourceUrl="$(GameUrl)" DestinationFolder="obj/fetched" DestinationFileName="game.zip" />
                <Unzip SourceFiles="obj/fetched/game.zip" DestinationFolder="obj/fetched/game" />
                <Touch Files="obj/fetched/done" AlwaysCreate="true" />
              </Target>
            """));
        await plain.DotnetAsync("restore");

        var node = bench.EmptyFolder("node");
        await File.WriteAllTextAsync(Path.Combine(node, "fetch.mjs"), """
            import AdmZip from "adm-zip";
            const [url, folder] = process.argv.slice(2);
            const response = await fetch(url);
            new AdmZip(Buffer.from(await response.arrayBuffer())).extractAllTo(folder, true);
            """);
        await Command.RunAsync(node, "npm", "install", "--no-audit", "--no-fund", "adm-zip");
        return new OtherWays(bench, sandbox, url, plain, node);
    }

    public Task<InstallCost> CurlAndUnzipAsync()
    {
        var folder = bench.EmptyFolder("curl");
        return InstallCost.MeasureAsync(sandbox, () => Command.RunAsync(folder, "sh", "-c", "curl -sSf -o game.zip \"$0\" && unzip -q game.zip -d game", url.AbsoluteUri));
    }

    public Task<InstallCost> NodeAsync()
    {
        var folder = bench.EmptyFolder("unpacked");
        return InstallCost.MeasureAsync(sandbox, () => Command.RunAsync(node, "node", "fetch.mjs", url.AbsoluteUri, folder));
    }

    public Task<InstallCost> DownloadFileAndUnzipAsync()
    {
        plain.Remove("obj/fetched");
        return InstallCost.MeasureAsync(sandbox, () => plain.DotnetAsync("build", "--no-restore", $"-p:GameUrl={url.AbsoluteUri}"), plain.PathOf("obj/fetched/done"));
    }
}

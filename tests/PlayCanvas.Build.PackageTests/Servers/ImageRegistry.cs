using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlayCanvas.Build.PackageTests.Servers;

/// <summary>
/// A container registry with one base image, which has an empty layer. It implements what the SDK's container publishing requests, as the OCI
/// distribution specification describes it.
/// </summary>
internal sealed class ImageRegistry : IAsyncDisposable
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly Dictionary<string, byte[]> blobs = [];
    private readonly byte[] manifest;
    private readonly WebApplication registry;

    private ImageRegistry()
    {
        var layer = EmptyLayer();
        var config = AddJson(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { WorkingDir = "/" },
            rootfs = new { type = "layers", diff_ids = new[] { DigestOf(layer) } },
            history = new[] { new { created = "2026-01-01T00:00:00Z" } },
        });
        var layerBlob = Add(Compress(layer));
        manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = Manifest,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = blobs[config].Length, digest = config },
            layers = new[] { new { mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip", size = blobs[layerBlob].Length, digest = layerBlob } },
        });

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        registry = builder.Build();
        registry.MapGet("/v2/", () => Results.Ok());
        registry.MapMethods("/v2/base/manifests/{reference}", ["GET", "HEAD"], SendManifest);
        registry.MapGet("/v2/base/blobs/{digest}", (string digest) => blobs.TryGetValue(digest, out var blob) ? Results.Bytes(blob, "application/octet-stream") : Results.NotFound());
    }

    /// <summary>The name of the base image. The SDK uses HTTP only for a registry on "localhost".</summary>
    public string BaseImage => $"localhost:{new Uri(registry.Urls.Single()).Port}/base:latest";

    public static async Task<ImageRegistry> StartAsync()
    {
        var registry = new ImageRegistry();
        await registry.registry.StartAsync();
        return registry;
    }

    /// <summary>Returns the paths of the files in an image that was saved as an archive.</summary>
    public static async Task<IReadOnlyList<string>> FilesInAsync(string archive)
    {
        var contents = await ReadAsync(File.OpenRead(archive));
        var layers = JsonNode.Parse(contents["manifest.json"])![0]!["Layers"]!.AsArray().Select(layer => (string)layer!);
        var files = new List<string>();
        foreach (var layer in layers)
            files.AddRange((await ReadAsync(new GZipStream(new MemoryStream(contents[layer]), CompressionMode.Decompress))).Keys);
        return files;
    }

    public async ValueTask DisposeAsync() => await registry.DisposeAsync();

    private IResult SendManifest(HttpResponse response)
    {
        response.Headers["Docker-Content-Digest"] = DigestOf(manifest);
        return Results.Bytes(manifest, Manifest);
    }

    private string AddJson(object value) => Add(JsonSerializer.SerializeToUtf8Bytes(value));

    private string Add(byte[] blob)
    {
        var digest = DigestOf(blob);
        blobs[digest] = blob;
        return digest;
    }

    private static byte[] EmptyLayer()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "usr/"));
        return bytes.ToArray();
    }

    private static byte[] Compress(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(content);
        return bytes.ToArray();
    }

    private static async Task<Dictionary<string, byte[]>> ReadAsync(Stream stream)
    {
        var files = new Dictionary<string, byte[]>();
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using var content = new MemoryStream();
            await entry.DataStream.CopyToAsync(content);
            files[entry.Name] = content.ToArray();
        }

        return files;
    }

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}

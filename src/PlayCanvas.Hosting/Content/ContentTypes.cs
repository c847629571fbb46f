using Microsoft.AspNetCore.StaticFiles;

namespace PlayCanvas.Hosting.Content;

/// <summary>The content types of game files.</summary>
internal static class ContentTypes
{
    /// <summary>The content type of scripts.</summary>
    public const string Script = "text/javascript";

    private const string Default = "application/octet-stream";
    private const string Text = "text/plain";

    // What ASP.NET Core 8 does not know or names differently.
    private static readonly FileExtensionContentTypeProvider Known = new()
    {
        Mappings =
        {
            [".atlas"] = Text,
            [".avif"] = "image/avif",
            [".basis"] = Default,
            [".data"] = Default,
            [".dds"] = "image/vnd-ms.dds",
            [".drc"] = Default,
            [".fnt"] = Text,
            [".frag"] = Text,
            [".glb"] = "model/gltf-binary",
            [".glsl"] = Text,
            [".gltf"] = "model/gltf+json",
            [".hdr"] = "image/vnd.radiance",
            [".js"] = Script,
            [".ktx"] = "image/ktx",
            [".ktx2"] = "image/ktx2",
            [".mjs"] = Script,
            [".ply"] = Default,
            [".sog"] = Default,
            [".vert"] = Text,
            [".wasm"] = "application/wasm",
            [".wgsl"] = Text,
        },
    };

    /// <summary>Returns the content type of a file; of an unknown one <c>application/octet-stream</c>.</summary>
    public static string Of(string path) => Known.TryGetContentType(path, out var type) ? type : Default;
}

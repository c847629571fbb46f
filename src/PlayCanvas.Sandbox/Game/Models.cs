using System.Buffers.Binary;
using System.Text;

namespace PlayCanvas.Sandbox;

/// <summary>Creates the game's models.</summary>
internal static class Models
{
    /// <summary>Returns a binary glTF with one animation, in which a node turns around once.</summary>
    public static byte[] TurningNode(string animation)
    {
        float[] times = [0, 1, 2];
        float[] rotations = [0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, -1];
        byte[] data = [.. times.Concat(rotations).SelectMany(BitConverter.GetBytes)];
        var json = $$$"""
            {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"name":"Armature"}],
            "animations":[{"name":"{{{animation}}}","channels":[{"sampler":0,"target":{"node":0,"path":"rotation"}}],
            "samplers":[{"input":0,"output":1,"interpolation":"LINEAR"}]}],
            "buffers":[{"byteLength":{{{data.Length}}}}],
            "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":12},{"buffer":0,"byteOffset":12,"byteLength":48}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"SCALAR","min":[0],"max":[2]},
            {"bufferView":1,"componentType":5126,"count":3,"type":"VEC4"}]}
            """;
        return Glb(Encoding.UTF8.GetBytes(json), data);
    }

    private static byte[] Glb(byte[] json, byte[] data)
    {
        byte[] text = [.. json, .. Enumerable.Repeat((byte)' ', (4 - (json.Length % 4)) % 4)];
        var header = new byte[12];
        "glTF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 12 + 8 + text.Length + 8 + data.Length);
        return [.. header, .. Chunk("JSON", text), .. Chunk("BIN\0", data)];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data];
    }
}

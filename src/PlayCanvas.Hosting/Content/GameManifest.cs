using System.Globalization;
using System.Text.Json;

namespace PlayCanvas.Hosting.Content;

/// <summary>A game's manifest: what the package recorded about each of the game's files when it installed them.</summary>
/// <param name="SharedMemory">Whether the game uses shared memory, which browsers grant only to pages that are isolated from other origins.</param>
/// <param name="Files">The files.</param>
internal sealed record GameManifest(bool SharedMemory, IReadOnlyList<ManifestFile> Files)
{
    private const int Version = 1;
    private const int Sha256Digits = 64;
    private const int Md5Digits = 32;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="JsonException">The file is not JSON, or is not a manifest of this version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static GameManifest Read(string path)
    {
        var json = new Utf8JsonReader(File.ReadAllBytes(path));
        var (version, sharedMemory, files) = (0, false, new List<ManifestFile>());
        Expect(ref json, JsonTokenType.StartObject);
        while (Next(ref json) == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("manifestVersion"))
            {
                Expect(ref json, JsonTokenType.Number);
                json.TryGetInt32(out version);
            }
            else if (json.ValueTextEquals("sharedMemory"))
            {
                sharedMemory = Next(ref json) == JsonTokenType.True;
            }
            else if (json.ValueTextEquals("files"))
            {
                ReadFiles(ref json, files);
            }
            else
            {
                Next(ref json);
                json.Skip();
            }
        }

        return version == Version ? new GameManifest(sharedMemory, files) : throw new JsonException($"Its version is not {Version}.");
    }

    private static void ReadFiles(ref Utf8JsonReader json, List<ManifestFile> files)
    {
        Expect(ref json, JsonTokenType.StartArray);
        while (Next(ref json) == JsonTokenType.StartArray)
        {
            Expect(ref json, JsonTokenType.String);
            var name = json.GetString()!;
            Expect(ref json, JsonTokenType.Number);
            if (!json.TryGetInt64(out var length) || length < 0)
                throw new JsonException($"The length of {name} is not a number of bytes.");
            Expect(ref json, JsonTokenType.String);
            var sha256 = Digits(json.ValueSpan, Sha256Digits);
            Expect(ref json, JsonTokenType.String);
            var md5 = Digits(json.ValueSpan, Md5Digits);
            while (Next(ref json) != JsonTokenType.EndArray)
                json.Skip();
            // Defense in depth: the package wrote the manifest, and never such a name.
            if (IsInside(name))
                files.Add(new ManifestFile(name, length, sha256, md5));
        }
    }

    /// <summary>Returns the value of the first digits.</summary>
    private static UInt128 Digits(ReadOnlySpan<byte> digits, int count) =>
        digits.Length == count && UInt128.TryParse(digits[..Md5Digits], NumberStyles.AllowHexSpecifier, null, out var value)
            ? value
            : throw new JsonException($"A hash does not have {count} hexadecimal digits.");

    private static bool IsInside(string name)
    {
        foreach (var segment in name.Split('/'))
        {
            if (segment is "" or "." or ".." || (OperatingSystem.IsWindows() && segment.AsSpan().IndexOfAny('\\', ':') >= 0))
                return false;
        }

        return true;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (Next(ref json) != token)
            throw new JsonException($"It has {json.TokenType} where {token} belongs.");
    }

    private static JsonTokenType Next(ref Utf8JsonReader json) => json.Read() ? json.TokenType : throw new JsonException("It ends early.");
}

/// <summary>A file in a manifest.</summary>
/// <param name="Name">The path inside the game's folder, with slashes.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Sha256">The first half of the file's SHA-256.</param>
/// <param name="Md5">The file's MD5.</param>
internal sealed record ManifestFile(string Name, long Length, UInt128 Sha256, UInt128 Md5);

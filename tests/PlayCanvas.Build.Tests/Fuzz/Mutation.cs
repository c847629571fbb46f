namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>Helpers that all mutations share.</summary>
internal static class Mutation
{
    private static readonly long[] OddNumbers =
    [
        0, 1, -1, 2, 7, 255, 256, 65_535, 65_536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, long.MaxValue, long.MinValue, 4_102_444_800, 1_000_000_000,
    ];

    private static readonly string[] OddTexts =
    [
        "", " ", "null", "0", "-1", "1e309", "NaN", "true", "running", "complete", "error", "\0", "\uFFFE", "\uD800", "é", "e\u0301", "日本", "../../evil.txt", "/evil.txt", @"..\evil.txt",
        @"C:\evil.txt", "CON", "aux.txt", ".playcanvas/.manifest.json", "index.html", "config.json", "http://example.test/", "https://example.test/a b?c#d", "http://127.0.0.1:1/", "http://[",
        "//", "ftp://127.0.0.1/x", "file:///etc/passwd", "2026-03-01", "yesterday", "%", "%zz", "%2e%2e%2f", "a/b/c", "*", ";", "$(x)", "{0}", "<html>", "\r\n", "bytes 0-1/2", "\"etag\"", "W/\"etag\"",
    ];

    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static bool OneIn(this Random random, int count) => random.Next(count) == 0;

    public static long OddNumber(this Random random) => random.OneIn(4) ? random.NextInt64() : random.Pick(OddNumbers) + random.Next(-1, 2);

    public static string OddText(this Random random) => random.Next(8) switch
    {
        0 => new string((char)random.Next(1, 0x800), random.Next(1, 600)),
        1 => string.Concat(Enumerable.Repeat("a/", random.Next(1, 200))) + "b",
        2 => $"{random.OddNumber()}",
        _ => random.Pick(OddTexts),
    };

    /// <summary>Changes a few bytes: replaces, removes, inserts or moves them.</summary>
    public static byte[] Bytes(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var length = random.Next(Math.Min(bytes.Length - at, 1 << random.Next(12)) + 1);
        switch (random.Next(5))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 3:
                var noise = new byte[random.Next(1, 40)];
                random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            default:
                var flipped = (byte[])bytes.Clone();
                for (var flips = random.Next(1, 5); flips > 0 && flipped.Length > 0; flips--)
                    flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }
}

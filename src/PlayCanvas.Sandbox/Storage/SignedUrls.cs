using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlayCanvas.Sandbox;

/// <summary>Creates signed URLs that are valid for a limited time, and validates them.</summary>
internal sealed class SignedUrls(ServerClock clock)
{
    private readonly ConcurrentQueue<string> handedOut = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>All signed URLs that were created, oldest first.</summary>
    public IReadOnlyCollection<string> HandedOut => handedOut;

    public string Sign(Uri origin, string path, TimeSpan lifetime)
    {
        var expires = (clock.Now + lifetime).ToUnixTimeMilliseconds();
        var url = new Uri(origin, path).AbsoluteUri + $"?expires={expires}&signature={Signature(path, expires)}";
        handedOut.Enqueue(url);
        return url;
    }

    public bool IsGood(string path, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && string.Equals(signature, Signature(path, milliseconds), StringComparison.Ordinal)
        && clock.Now.ToUnixTimeMilliseconds() < milliseconds;

    private string Signature(string path, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{path}\n{expires}")));
}

using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PlayCanvas.Hosting.Http;

/// <summary>How much a client wants each encoding: the quality values of its <c>Accept-Encoding</c>, from 0 (not acceptable) to 1.</summary>
internal readonly record struct AcceptedEncodings(double Brotli, double Gzip, double Identity)
{
    /// <summary>For an encoding that is acceptable, though the client does not ask for it: RFC 9110, section 12.5.3.</summary>
    private const double Acceptable = 0.0001;

    /// <summary>Parses the header. What is malformed is ignored.</summary>
    public static AcceptedEncodings Parse(StringValues header)
    {
        double? brotli = null, gzip = null, identity = null, others = null;
        foreach (var line in header)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var item = comma < 0 ? rest : rest[..comma];
                rest = comma < 0 ? [] : rest[(comma + 1)..];
                var semicolon = item.IndexOf(';');
                var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
                var quality = semicolon < 0 ? 1 : QualityOf(item[(semicolon + 1)..]);
                if (Is(name, "br"))
                    brotli = quality;
                else if (Is(name, "gzip") || Is(name, "x-gzip"))
                    gzip = quality;
                else if (Is(name, "identity"))
                    identity = quality;
                else if (Is(name, "*"))
                    others = quality;
            }
        }

        return new AcceptedEncodings(brotli ?? others ?? 0, gzip ?? others ?? 0, identity ?? (others == 0 ? 0 : Acceptable));
    }

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static double QualityOf(ReadOnlySpan<char> weight)
    {
        weight = weight.Trim();
        return weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(weight[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            ? Math.Clamp(quality, 0, 1)
            : 1;
    }
}

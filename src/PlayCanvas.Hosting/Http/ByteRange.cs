using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlayCanvas.Hosting.Http;

/// <summary>A part of a file.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The number of bytes; 0 if the file has none of the bytes that were requested.</param>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>
    /// Parses a <c>Range</c> header for a file of this length. Returns <c>null</c> if the whole file is to be sent: for other units, for several ranges
    /// and for a malformed header.
    /// </summary>
    public static ByteRange? Parse(StringValues header, long length)
    {
        if (!RangeHeaderValue.TryParse(header.ToString(), out var range) || range.Unit != "bytes" || range.Ranges.Count != 1)
            return null;

        var only = range.Ranges.Single();
        if (only.From is not { } from)
        {
            var count = Math.Min(only.To ?? 0, length);
            return new ByteRange(length - count, count);
        }

        return from >= length ? new ByteRange(from, 0) : new ByteRange(from, Math.Min(only.To ?? long.MaxValue, length - 1) - from + 1);
    }
}

using System.Buffers;
using System.Text;

namespace PlayCanvas.Build.PackageTests.Secrets;

/// <summary>Searches files for secrets: complete, in parts, and in the encodings in which programs write text.</summary>
internal sealed class SecretSearch
{
    /// <summary>The length of a part that does not occur by chance.</summary>
    private const int PieceLength = 12;

    private readonly Dictionary<string, string> spellingOfPieces = new(StringComparer.OrdinalIgnoreCase);
    private readonly SearchValues<string> pieces;

    public SecretSearch(IEnumerable<string> secrets)
    {
        foreach (var (spelling, piece) in secrets.SelectMany(Pieces))
            spellingOfPieces.TryAdd(piece, spelling);
        pieces = SearchValues.Create([.. spellingOfPieces.Keys], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The names of the encodings that are searched for.</summary>
    public static IEnumerable<string> Spellings => SpellingsOf("").Select(spelling => spelling.Name);

    /// <summary>Returns a secret in one of the encodings, as a program would write it.</summary>
    public static byte[] Spell(string secret, string spelling) => Encoding.Latin1.GetBytes(SpellingsOf(secret).First(found => found.Name == spelling).Text);

    /// <summary>Returns the layers of a file that contain a secret, and the encoding in which they contain it.</summary>
    public IEnumerable<string> FindIn(IEnumerable<FileLayer> layers) =>
        from layer in layers
        let spelling = FindIn(layer.Content)
        where spelling is not null
        select $"{layer.Name}: {spelling}";

    private string? FindIn(byte[] content)
    {
        // Latin-1 maps each byte to one character, whatever the bytes mean.
        var text = Encoding.Latin1.GetString(content);
        var place = text.AsSpan().IndexOfAny(pieces);
        return place < 0 ? null : spellingOfPieces[text.Substring(place, LengthAt(text, place))];
    }

    private int LengthAt(string text, int place) =>
        spellingOfPieces.Keys.First(piece => string.Compare(text, place, piece, 0, piece.Length, StringComparison.OrdinalIgnoreCase) == 0).Length;

    private static IEnumerable<(string Spelling, string Piece)> Pieces(string secret) =>
        from spelling in SpellingsOf(secret)
        from start in Enumerable.Range(0, Math.Max(spelling.Text.Length - spelling.PieceLength, 0) + 1)
        select (spelling.Name, spelling.Text.Substring(start, Math.Min(spelling.PieceLength, spelling.Text.Length)));

    private static IEnumerable<(string Name, string Text, int PieceLength)> SpellingsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return ("as it is", secret, PieceLength);
        yield return ("backwards", string.Concat(secret.Reverse()), PieceLength);
        yield return ("as a part of an address", Uri.EscapeDataString(secret), PieceLength);
        yield return ("in UTF-16", string.Join('\0', secret.AsEnumerable()), (2 * PieceLength) - 1);
        yield return ("in hexadecimal", Convert.ToHexString(bytes), 2 * PieceLength);
        for (var before = 0; before < 3; before++)
        {
            var base64 = Base64(bytes, before);
            yield return ($"in base64 after {before} bytes", base64, PieceLength);
            yield return ($"in base64 for addresses after {before} bytes", base64.Replace('+', '-').Replace('/', '_'), PieceLength);
        }
    }

    /// <summary>Returns the base64 characters that depend only on these bytes if other bytes precede and follow them.</summary>
    private static string Base64(byte[] bytes, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = ((8 * before) + 5) / 6;
        var last = 8 * (before + bytes.Length) / 6;
        return text[first..Math.Max(first, last)];
    }
}

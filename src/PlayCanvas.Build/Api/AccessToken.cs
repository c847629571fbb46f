namespace PlayCanvas.Build.Api;

/// <summary>A secret that does not get into a message by accident: only <see cref="Reveal"/> shows it.</summary>
internal sealed class AccessToken(string value)
{
    private const string Mask = "***";

    /// <summary>A beginning of fewer letters tells nothing, and might be that of any word.</summary>
    private const int ShortestPiece = 4;

    /// <summary>The token as it is, and as it stands in an address.</summary>
    private readonly IReadOnlyList<string> spellings = [.. new[] { value, Uri.EscapeDataString(value) }.Distinct()];

    /// <summary>The token itself, for the one header that it belongs into.</summary>
    public string Reveal() => value;

    /// <summary>
    /// Takes the token out of a text that somebody else wrote: a server may repeat what it was sent. A text that was cut, as
    /// <see cref="ApiJson.OneLine"/> does, may end with the token's beginning.
    /// </summary>
    public string Redact(string text) => spellings.Aggregate(text, (redacted, spelling) =>
    {
        redacted = redacted.Replace(spelling, Mask);
        for (var length = spelling.Length - 1; length >= ShortestPiece; length--)
            redacted = redacted.Replace(spelling.Substring(0, length) + ApiJson.Ellipsis, Mask + ApiJson.Ellipsis);
        return redacted;
    });

    public override string ToString() => Mask;
}

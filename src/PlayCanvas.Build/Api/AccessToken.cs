namespace PlayCanvas.Build.Api;

/// <summary>Wraps a secret so that it does not reach a message by accident: only <see cref="Reveal"/> returns it.</summary>
internal sealed class AccessToken(string value)
{
    private const string Mask = "***";

    /// <summary>The shortest prefix that is masked, in characters. A shorter one reveals nothing and may be the start of any word.</summary>
    private const int MinPieceLength = 4;

    /// <summary>The token as it is, and percent-encoded as in a URL.</summary>
    private readonly IReadOnlyList<string> spellings = [.. new[] { value, Uri.EscapeDataString(value) }.Distinct()];

    /// <summary>Returns the token itself, for the <c>Authorization</c> header only.</summary>
    public string Reveal() => value;

    /// <summary>
    /// Masks the token in a text from another program: a server may repeat what it received. A text that <see cref="ApiJson.OneLine"/> has cut may
    /// end with a prefix of the token, which is masked too.
    /// </summary>
    public string Redact(string text) => spellings.Aggregate(text, (redacted, spelling) =>
    {
        redacted = redacted.Replace(spelling, Mask);
        for (var length = spelling.Length - 1; length >= MinPieceLength; length--)
            redacted = redacted.Replace(spelling.Substring(0, length) + ApiJson.Ellipsis, Mask + ApiJson.Ellipsis);
        return redacted;
    });

    public override string ToString() => Mask;
}

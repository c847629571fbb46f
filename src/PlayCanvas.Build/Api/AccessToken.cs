namespace PlayCanvas.Build.Api;

/// <summary>A secret that does not get into a message by accident: only <see cref="Reveal"/> shows it.</summary>
internal sealed class AccessToken(string value)
{
    /// <summary>The token itself, for the one header that it belongs into.</summary>
    public string Reveal() => value;

    /// <summary>Takes the token out of a text that somebody else wrote: a server may repeat what it was sent.</summary>
    public string Redact(string text) => text.Replace(value, ToString());

    public override string ToString() => "***";
}

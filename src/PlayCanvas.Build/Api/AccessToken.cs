namespace PlayCanvas.Build.Api;

/// <summary>A secret that does not get into a message by accident: only <see cref="Reveal"/> shows it.</summary>
internal sealed class AccessToken(string value)
{
    /// <summary>The token itself, for the one header that it belongs into.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}

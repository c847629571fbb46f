namespace PlayCanvas.Build.Api;

/// <summary>What a connection to the API needs to know.</summary>
internal sealed record ApiOptions(Uri BaseAddress, AccessToken AccessToken)
{
    /// <summary>Product name and version, for the server's logs.</summary>
    public string UserAgent { get; init; } = "PlayCanvas.Build";

    /// <summary>The longest time without any progress.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a failed request is made again.</summary>
    public int MaxRetries { get; init; } = 5;
}

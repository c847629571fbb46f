namespace PlayCanvas.Build.Api.Client;

/// <summary>The settings of a connection to the API, or, without a token, to another server.</summary>
internal sealed record ApiOptions(Uri BaseAddress, AccessToken? AccessToken)
{
    /// <summary>The product's name and version, for the server's logs.</summary>
    public string UserAgent { get; init; } = "PlayCanvas.Build";

    /// <summary>The longest time without any progress. Default: 100 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a failed request is repeated. Default: 5.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Whether every request that is neither a GET nor a HEAD is refused before it is sent, as in a dry run. Default: false.</summary>
    public bool IsReadOnly { get; init; }
}

namespace PlayCanvas.Sandbox;

/// <summary>The classes of routes that are limited apart from each other.</summary>
public enum RateLimitClass
{
    /// <summary>Everything that is in no other class.</summary>
    Normal,

    /// <summary>What costs the service much work: publishing, downloading, exporting.</summary>
    Strict,

    /// <summary>Creating and updating assets.</summary>
    Assets,
}

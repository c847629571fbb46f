namespace PlayCanvas.Sandbox;

/// <summary>The classes of routes, each of which has its own limit.</summary>
public enum RateLimitClass
{
    /// <summary>All routes that are in no other class.</summary>
    Normal,

    /// <summary>Expensive work: publishing, downloading, exporting.</summary>
    Strict,

    /// <summary>Creating and updating assets.</summary>
    Assets,
}

namespace PlayCanvas.Hosting.Content;

/// <summary>Where the list of games is looked for, and the clock by which it is looked at again.</summary>
internal sealed record GameLocation(string Directory, TimeProvider Clock)
{
    /// <summary>Beside the program.</summary>
    public static GameLocation Default { get; } = new(AppContext.BaseDirectory, TimeProvider.System);
}

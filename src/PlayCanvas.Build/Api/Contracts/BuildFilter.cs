namespace PlayCanvas.Build.Api.Contracts;

/// <summary>Selects builds of a project. What is null does not restrict them.</summary>
internal sealed record BuildFilter
{
    /// <summary>One of <see cref="BuildType"/>.</summary>
    public string? Type { get; init; }

    /// <summary>One of <see cref="JobStatus"/>.</summary>
    public string? Status { get; init; }

    /// <summary>The format that was built: that of an app, or one of a download.</summary>
    public string? Format { get; init; }

    /// <summary>The name of the branch that was built.</summary>
    public string? Branch { get; init; }

    /// <summary>The id of the user who requested the build.</summary>
    public long? Actor { get; init; }
}

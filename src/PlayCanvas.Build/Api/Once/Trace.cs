namespace PlayCanvas.Build.Api.Once;

/// <summary>A record of the service that may be the result of a request.</summary>
/// <param name="Likeness">How the record compares with the request.</param>
/// <param name="Name">The name by which the user can find the record in the Editor.</param>
/// <param name="Accept">Returns the request with the ids of the record as its result.</param>
internal sealed record Trace<TIntent>(Likeness Likeness, string Name, Func<TIntent, TIntent> Accept)
    where TIntent : RequestIntent
{
    /// <summary>The place of the record in the order in which the records were created; null when it is not known.</summary>
    public long? Place { get; init; }

    /// <summary>Whether the service failed at the work.</summary>
    public bool HasFailed { get; init; }
}

/// <summary>Searches the service's records for the results of requests of one kind.</summary>
internal interface ITraces<TIntent>
    where TIntent : RequestIntent
{
    /// <summary>Returns everything that the request may have created, whatever its likeness.</summary>
    /// <exception cref="ApiException">The records could not be read.</exception>
    IReadOnlyList<Trace<TIntent>> Of(TIntent intent, CancellationToken cancellationToken);
}

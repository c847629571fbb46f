namespace PlayCanvas.Build.Api.Once;

/// <summary>Receives the events of a request that should be reported to the user.</summary>
internal interface IOnceObserver<TIntent>
    where TIntent : RequestIntent
{
    /// <summary>An earlier build has sent the request, and was interrupted or lost the response.</summary>
    void TakingUp(TIntent intent);

    /// <summary>A result carries the mark of this request: an earlier attempt of the same CI run has sent it.</summary>
    void FoundMarked(TIntent intent);

    /// <summary>The response was lost, and the search for the result begins.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long the search takes at most.</param>
    void LookingForLostRequest(string request, TimeSpan limit);

    /// <summary>Called about once a second during the pause between two searches.</summary>
    void StillLooking();
}

using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Keeps the intent of one publish between builds.</summary>
internal interface IPublishIntentStore
{
    RequestIntent? Read();

    void Write(RequestIntent intent);

    void Delete();
}

/// <summary>Receives the events of a publish that should be reported to the user.</summary>
internal interface IPublishObserver
{
    /// <summary>An earlier build has sent the request, and was interrupted or lost the response.</summary>
    void TakingUp(RequestIntent intent);

    /// <summary>A result carries the mark of this publish: an earlier attempt of the same CI run has sent the request.</summary>
    void FoundMarked(RequestIntent intent);

    /// <summary>The response was lost, and the search for the result begins.</summary>
    void LookingForLostRequest(string request);

    /// <summary>Called about once a second during the pause between two searches.</summary>
    void StillLooking();
}

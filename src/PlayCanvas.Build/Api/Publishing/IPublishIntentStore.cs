using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>Keeps the intent of one publish between builds.</summary>
internal interface IPublishIntentStore
{
    RequestIntent? Read();

    void Write(RequestIntent intent);

    void Delete();
}

/// <summary>Is told what happens during a publish that a person may wonder about.</summary>
internal interface IPublishObserver
{
    /// <summary>An earlier build sent the request, and was interrupted or lost the answer.</summary>
    void TakingUp(RequestIntent intent);

    /// <summary>A result carries the mark of this publish: an earlier run of the same CI run has sent the request.</summary>
    void FoundMarked(RequestIntent intent);

    /// <summary>The answer was lost, and the result is looked for.</summary>
    void LookingForLostRequest(string request);

    /// <summary>The pause between two looks goes on; called about every second.</summary>
    void StillLooking();
}

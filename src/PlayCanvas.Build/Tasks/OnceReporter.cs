using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Tasks;

/// <summary>Writes the events of a request that is sent once to the build log.</summary>
/// <param name="task">Logs them.</param>
/// <param name="request">The name of the request, such as <c>publish request</c>.</param>
internal abstract class OnceReporter<TIntent>(PlayCanvasTask task, string request) : IOnceObserver<TIntent>
    where TIntent : RequestIntent
{
    public void TakingUp(TIntent intent)
    {
        var result = NameOf(intent) is { } name ? $" ({name})" : "";
        task.Say($"PlayCanvas: an earlier build sent this {request} at {intent.AskedAt.UtcDateTime:u}; looking for its result{result}");
    }

    public abstract void FoundMarked(TIntent intent);

    public void LookingForLostRequest(string lost, TimeSpan limit) =>
        task.Say($"PlayCanvas: the response to {lost} was lost; looking for its result for up to {limit.TotalSeconds:0} s");

    public void StillLooking() => task.SayNowAndThen("PlayCanvas: still looking for the result");

    /// <summary>Returns the name of the result, such as <c>app 5</c>; null when it is not known.</summary>
    private protected abstract string? NameOf(TIntent intent);
}

using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Api.Once;

/// <summary>
/// Sends a request once, however many builds want it: its intent is kept before it is sent, and a build that finds the intent of an earlier one
/// searches for the result before it sends the request again.
/// </summary>
/// <param name="traces">Searches for the result.</param>
/// <param name="intents">Keeps the intent.</param>
/// <param name="clock">Measures the time, and waits.</param>
/// <param name="rules">What may be done about a lost response.</param>
/// <param name="observer">Receives the events.</param>
internal sealed class KeptRequest<TIntent>(ITraces<TIntent> traces, IIntentStore<TIntent> intents, IClock clock, LostAnswerRules rules, IOnceObserver<TIntent> observer)
    where TIntent : RequestIntent
{
    private readonly OnceSender<TIntent> sender = new(
        traces, clock, rules, error => observer.LookingForLostRequest(error.Request, rules.LookLimit), observer.StillLooking);

    /// <summary>Finds out whether the request must be sent, or an earlier build has already sent it. Sends and keeps nothing.</summary>
    /// <param name="begin">Returns the intent of a new request. It is already accepted when a result carries its mark.</param>
    /// <param name="takeUp">Returns the intent of an earlier build as one of this request; null when it is another request.</param>
    /// <param name="again">True to send the request even if an earlier build has left an intent, or a result carries the mark.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">The service's records could not be read.</exception>
    /// <exception cref="OutcomeUnknownException">An earlier build may have succeeded, and the records do not show whether it did.</exception>
    public Prepared<TIntent> Prepare(Func<TIntent> begin, Func<TIntent, TIntent?> takeUp, bool again, CancellationToken cancellationToken)
    {
        if (!again && intents.Read() is { } left && takeUp(left) is { } ours)
        {
            observer.TakingUp(left);
            var found = left.IsAccepted ? left : sender.Find(left, cancellationToken);
            return new Prepared<TIntent>(found ?? ours, IsFirst: false, IsSent: found is null);
        }

        var intent = begin();
        if (again || !intent.IsAccepted)
            return new Prepared<TIntent>(intent, IsFirst: true, IsSent: true);

        observer.FoundMarked(intent);
        return new Prepared<TIntent>(intent, IsFirst: true, IsSent: false);
    }

    /// <summary>
    /// Keeps the intent, and sends the request if it must be sent. If the request was certainly refused, deletes its intent, unless the outcome of an
    /// earlier attempt is still unknown.
    /// </summary>
    /// <param name="prepared">The request, as <see cref="Prepare"/> returned it.</param>
    /// <param name="post">Sends it once, and returns it with the ids from the server's response.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The request, which the server has accepted.</returns>
    /// <exception cref="ApiException">The server refused the request, or could not be reached.</exception>
    /// <exception cref="OutcomeUnknownException">The request may have succeeded, and the records do not show whether it did.</exception>
    public TIntent Send(Prepared<TIntent> prepared, Func<TIntent, TIntent> post, CancellationToken cancellationToken)
    {
        var intent = Keep(prepared.Intent);
        if (!prepared.IsSent)
            return intent;

        var posts = 0;
        try
        {
            return Keep(sender.Send(intent, Post, prepared.IsFirst, cancellationToken));
        }
        catch (ApiException) when (prepared.IsFirst && posts == 1)
        {
            intents.Delete();
            throw;
        }

        TIntent Post(TIntent sent)
        {
            posts++;
            return post(sent);
        }
    }

    /// <summary>Searches for the result of a request that was sent; returns null when there is no trace of one.</summary>
    /// <exception cref="ApiException">The records could not be read.</exception>
    /// <exception cref="OutcomeUnknownException">There are records that may be the result.</exception>
    public TIntent? Find(TIntent intent, CancellationToken cancellationToken) => sender.Find(intent, cancellationToken);

    private TIntent Keep(TIntent intent)
    {
        intents.Write(intent);
        return intent;
    }
}

/// <summary>A request that can be sent: what is known about it, before anything is sent.</summary>
/// <param name="Intent">The request, and its result if an earlier build has sent it.</param>
/// <param name="IsFirst">False when an earlier build may have sent the request.</param>
/// <param name="IsSent">Whether the request is sent; otherwise the result of an earlier build is taken.</param>
internal sealed record Prepared<TIntent>(TIntent Intent, bool IsFirst, bool IsSent)
    where TIntent : RequestIntent;

using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Publishing;

/// <summary>
/// Written before an app is published and deleted when that is over, so that a build that was killed, or lost the answer, is
/// followed by one that looks before it publishes again.
/// </summary>
internal sealed record PublishIntent
{
    /// <summary>The body that was, or was about to be, sent.</summary>
    public string Request { get; init; } = "";

    /// <summary>The server's time before sending.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The highest id of an app that was there before.</summary>
    public long HighestAppId { get; init; }

    /// <summary>The app, once it is known.</summary>
    public long? AppId { get; init; }

    /// <summary>The job that makes it, when that is what the server answered.</summary>
    public string? JobId { get; init; }

    /// <summary>The build record that makes it, when that is what the server answered.</summary>
    public string? BuildId { get; init; }

    /// <summary>Whether the server is known to have taken the request.</summary>
    [JsonIgnore]
    public bool IsAccepted => AppId is not null || JobId is not null || BuildId is not null;
}

/// <summary>Keeps the intent between builds.</summary>
internal interface IPublishIntentStore
{
    PublishIntent? Read();

    void Write(PublishIntent intent);

    void Delete();
}

/// <summary>Told what happens while an app is published that a person may wonder about.</summary>
internal interface IPublishObserver
{
    /// <summary>An earlier build began this, and was interrupted or lost the answer.</summary>
    void TakingUp(PublishIntent intent);

    /// <summary>The answer was lost, and what it would have told is looked for.</summary>
    void LookingForLostRequest(string request);
}

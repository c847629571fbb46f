namespace PlayCanvas.Hosting.Http;

/// <summary>A feature of a request, by which its response can be recognized as one of a game.</summary>
internal sealed class ResponseMark
{
    /// <summary>Whether the response is one of a game.</summary>
    public bool IsOfGame { get; set; }
}

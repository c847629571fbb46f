using Microsoft.AspNetCore.Http;

namespace PlayCanvas.Hosting.Http;

/// <summary>A feature of a request, by which its response can be recognized as one of a game.</summary>
/// <param name="path">The path of the request, with its path base.</param>
internal sealed class ResponseMark(PathString path)
{
    /// <summary>The path of the request as it arrived, with its path base.</summary>
    public PathString Path { get; } = path;

    /// <summary>Whether the response is one of a game.</summary>
    public bool IsOfGame { get; set; }
}

using System.Globalization;

namespace PlayCanvas.Build.Api.Client;

/// <summary>A request to the API. The path is relative to the base address.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>The query parameters; those without a value are omitted.</summary>
    public IReadOnlyList<(string Name, object? Value)> Query { get; init; } = [];

    /// <summary>The object that is sent as JSON; null for a request without a body.</summary>
    public object? Body { get; init; }

    /// <summary>Whether the JSON content type is sent even without a body.</summary>
    public bool SaysJson { get; init; }

    /// <summary>Whether the request is repeated after a transient failure.</summary>
    public bool IsRetried { get; init; } = true;

    /// <summary>Whether sending the request twice does no harm, although it is a POST. Default: false.</summary>
    public bool MayBeSentTwice { get; init; }

    public string RateLimitClass { get; init; } = RateLimits.RateLimitClass.Normal;

    public Uri Resolve(Uri baseAddress)
    {
        var query = string.Join("&", Query
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Convert.ToString(parameter.Value, CultureInfo.InvariantCulture)!)}"));
        return new Uri(baseAddress, query.Length == 0 ? Path : $"{Path}?{query}");
    }
}

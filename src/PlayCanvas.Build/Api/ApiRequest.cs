using System.Globalization;
using PlayCanvas.Build.Api.RateLimits;

namespace PlayCanvas.Build.Api;

/// <summary>A request to the API, relative to its base address.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Query parameters; those without a value are left out.</summary>
    public IReadOnlyList<(string Name, object? Value)> Query { get; init; } = [];

    /// <summary>What is sent as JSON.</summary>
    public object? Body { get; init; }

    /// <summary>Whether the content type is sent even without a body.</summary>
    public bool SaysJson { get; init; }

    /// <summary>Whether it is sent again where it fails in passing.</summary>
    public bool IsRetried { get; init; } = true;

    public string RateLimitClass { get; init; } = RateLimits.RateLimitClass.Normal;

    public Uri Resolve(Uri baseAddress)
    {
        var query = string.Join("&", Query
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Convert.ToString(parameter.Value, CultureInfo.InvariantCulture)!)}"));
        return new Uri(baseAddress, query.Length == 0 ? Path : $"{Path}?{query}");
    }
}

using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>One answer of a route that lists.</summary>
internal sealed record Page<T>
{
    [JsonProperty("result")]
    public IReadOnlyList<T?>? Result { get; init; }

    /// <summary>The records of the page: a null among them says nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<T> Records => [.. (Result ?? []).OfType<T>()];

    [JsonProperty("pagination")]
    public Pagination? Pagination { get; init; }
}

/// <summary>Where a page lies in its list: counted pages say <c>total</c>, cursor pages say <c>hasMore</c>.</summary>
internal sealed record Pagination
{
    [JsonProperty("limit")]
    public int? Limit { get; init; }

    [JsonProperty("skip")]
    public int? Skip { get; init; }

    [JsonProperty("total")]
    public int? Total { get; init; }

    [JsonProperty("hasMore")]
    public bool? HasMore { get; init; }
}

/// <summary>Which part of a list is asked for, and in which order.</summary>
internal sealed record Paging
{
    /// <summary>The most records to return; null means all of them, page by page.</summary>
    public int? Limit { get; init; }

    public int? Skip { get; init; }

    /// <summary>The name of the field that orders the list.</summary>
    public string? Sort { get; init; }

    /// <summary>1 ascending, -1 descending.</summary>
    public int? Order { get; init; }
}

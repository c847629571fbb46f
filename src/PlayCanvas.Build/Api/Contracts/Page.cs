using Newtonsoft.Json;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>One page of a list, as the API returns it.</summary>
internal sealed record Page<T>
{
    [JsonProperty("result")]
    public IReadOnlyList<T?>? Result { get; init; }

    /// <summary>The records of the page. Null entries are skipped.</summary>
    [JsonIgnore]
    public IReadOnlyList<T> Records => [.. (Result ?? []).OfType<T>()];

    [JsonProperty("pagination")]
    public Pagination? Pagination { get; init; }

    /// <summary>Returns the cursor of the page that follows in a list with a cursor; null when this is the last one.</summary>
    public string? NextCursor(Func<T, string?> idOf) =>
        Pagination?.HasMore == true && Records is { Count: > 0 } records ? idOf(records[records.Count - 1]) : null;
}

/// <summary>The position of a page in its list: pages with a count have <c>total</c>, pages with a cursor have <c>hasMore</c>.</summary>
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

/// <summary>The requested part of a list and its order.</summary>
internal sealed record Paging
{
    /// <summary>The maximum number of records to return; null returns all of them, page by page.</summary>
    public int? Limit { get; init; }

    public int? Skip { get; init; }

    /// <summary>The name of the field by which the list is sorted.</summary>
    public string? Sort { get; init; }

    /// <summary>1 for ascending order, -1 for descending order.</summary>
    public int? Order { get; init; }
}

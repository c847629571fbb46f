using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Responds with a page of a list, as the query's <c>limit</c>, <c>skip</c>, <c>sort</c> and <c>order</c> specify.</summary>
internal static class Paging
{
    public const int DefaultLimit = 16;

    private const int Maximum = 100_000;

    /// <summary>
    /// Returns a page of records. <paramref name="sorts"/> contains the fields by which the list can be sorted; the first one is the default.
    /// </summary>
    public static IResult Page<T>(HttpRequest request, IEnumerable<T> items, Dictionary<string, Func<T, IComparable?>> sorts, Func<T, JsonNode> show, bool newestFirst = true, int maximum = Maximum)
    {
        var limit = Limit(request, maximum);
        var skip = (int)Math.Min(Query.Number(request, "skip") ?? 0, int.MaxValue);
        var sort = Query.OneOf(request, "sort", [.. sorts.Keys]);
        var order = Query.OneOf(request, "order", "1", "-1");
        var descending = order is null ? sort is null && newestFirst : order == "-1";

        var key = sorts[sort ?? sorts.Keys.First()];
        var sorted = (descending ? items.OrderByDescending(key) : items.OrderBy(key)).ToList();
        return Results.Json(new JsonObject
        {
            ["result"] = new JsonArray([.. sorted.Skip(skip).Take(limit).Select(show)]),
            ["pagination"] = new JsonObject { ["limit"] = limit, ["skip"] = skip, ["total"] = sorted.Count },
        }, Json.Camel);
    }

    /// <summary>Returns a page that starts after the record whose id is <c>skip</c>.</summary>
    public static IResult CursorPage<T>(HttpRequest request, IReadOnlyList<T> items, Func<T, string> id, Func<T, JsonNode> show, int defaultLimit, int maximum = Maximum)
    {
        var limit = (int)Math.Min(Query.Number(request, "limit") is > 0 and var asked ? asked : defaultLimit, maximum);
        var first = 0;
        if (Query.Text(request, "skip") is { } cursor)
        {
            first = items.Select(id).ToList().IndexOf(cursor) + 1;
            if (first == 0)
                throw ApiException.BadRequest($"parameter 'skip' must be the id of the last one received, not '{cursor}'");
        }

        return Results.Json(new JsonObject
        {
            ["result"] = new JsonArray([.. items.Skip(first).Take(limit).Select(show)]),
            ["pagination"] = new JsonObject { ["hasMore"] = items.Count - first > limit },
        }, Json.Camel);
    }

    // Programs that want all records send the largest number they know, and get as many as the service returns.
    private static int Limit(HttpRequest request, int maximum) => Query.Number(request, "limit") switch
    {
        null or 0 => DefaultLimit,
        var limit => (int)Math.Min(limit.Value, maximum),
    };
}

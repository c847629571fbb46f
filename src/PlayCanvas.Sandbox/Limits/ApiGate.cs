using System.Globalization;

namespace PlayCanvas.Sandbox;

/// <summary>Checks each request to the API: the rate limit of its account, and its token.</summary>
internal sealed class ApiGate(RequestDelegate next, SandboxState state)
{
    private const string Scheme = "Bearer ";
    private const string AccountKey = "account";

    /// <summary>Returns the account that sent the request.</summary>
    public static Account AccountOf(HttpContext http) => (Account)http.Items[AccountKey]!;

    public async Task InvokeAsync(HttpContext http)
    {
        var account = Identify(http.Request);
        var rateLimitClass = http.GetEndpoint()?.Metadata.GetMetadata<RateLimitMetadata>()?.Class ?? RateLimitClass.Normal;
        var limit = state.RateLimiter.Take(account, rateLimitClass);
        WriteHeaders(http.Response, limit);
        if (limit.Exceeded)
            throw new ApiException(StatusCodes.Status429TooManyRequests, "Too many requests");
        http.Items[AccountKey] = account ?? throw new ApiException(StatusCodes.Status401Unauthorized, "Unauthorized");
        await state.Work.WaitForDueAsync(http.RequestAborted);
        await next(http);
    }

    // Old programs send the token in the query, in addition to the header or instead of it.
    private Account? Identify(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : Query.Text(request, "access_token");
        return token is not null && state.Options.AccessTokens.TryGetValue(token, out var owner)
            ? state.World.Accounts.FirstOrDefault(account => account.Username == SandboxOptions.ParseAccount(owner).Name)
            : null;
    }

    private static void WriteHeaders(HttpResponse response, RateLimit limit)
    {
        response.Headers["X-RateLimit-Limit"] = limit.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = limit.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = limit.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Assigns a route to a rate limit class.</summary>
internal sealed record RateLimitMetadata(RateLimitClass Class);

using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>The account of the token, its projects and its rate limits.</summary>
internal static class UserRoutes
{
    public static void Map(IEndpointRouteBuilder api, SandboxState state)
    {
        api.MapGet("id", (HttpContext http) => Results.Json(new JsonObject { ["id"] = ApiGate.AccountOf(http).Id }));

        api.MapGet("users/{id:int}", (int id) => Results.Json(Show(id, state) ?? throw ApiException.NotFound("User")));

        api.MapGet("users/{id:int}/projects", (int id, HttpContext http) =>
        {
            if (id != ApiGate.AccountOf(http).Id)
                throw ApiException.Forbidden();
            return Results.Json(new JsonObject
            {
                ["result"] = new JsonArray([.. state.World.Projects.Where(project => project.OwnerId == id).Select(ProjectRoutes.Show)]),
            });
        });

        api.MapGet("ratelimits", (HttpContext http) =>
        {
            var account = ApiGate.AccountOf(http);
            int LimitOf(RateLimitClass rateLimitClass) => state.RateLimiter.LimitOf(account, rateLimitClass);
            return Results.Json(new JsonObject
            {
                ["limits"] = new JsonObject
                {
                    ["normal"] = LimitOf(RateLimitClass.Normal),
                    ["strict"] = LimitOf(RateLimitClass.Strict),
                    ["assets"] = LimitOf(RateLimitClass.Assets),
                    // The files of assets are downloaded with requests of the normal class.
                    ["download"] = LimitOf(RateLimitClass.Normal),
                },
            });
        });
    }

    public static JsonObject? Show(int userId, SandboxState state) => state.World.Accounts.FirstOrDefault(account => account.Id == userId) is { } account
        ? new JsonObject { ["id"] = account.Id, ["username"] = account.Username, ["fullName"] = account.Username }
        : null;
}

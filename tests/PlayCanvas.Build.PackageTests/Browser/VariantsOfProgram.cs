namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Contains a Program.cs for a site that can be any of the kinds in docs/serving.md.</summary>
internal static class VariantsOfProgram
{
    public const string Source = """
        using Microsoft.AspNetCore.Authorization;

        var kind = args[0];
        var builder = kind.StartsWith("slim") ? WebApplication.CreateSlimBuilder(args) : WebApplication.CreateBuilder(args);
        if (kind.StartsWith("closed"))
        {
            builder.Services.AddAuthentication().AddBearerToken();
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        }

        var app = builder.Build();
        if (kind.Contains("path base"))
        {
            app.UsePathBase("/base");
            app.UseRouting();
        }

        if (kind.StartsWith("closed"))
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }

        if (kind.Contains("static files"))
            app.UseStaticFiles();
        if (kind.Contains("static assets"))
            app.MapStaticAssets();
        if (kind.Contains("line"))
            app.MapPlayCanvasGames();
        if (kind.Contains("fallback"))
            app.MapFallbackToFile("index.html");
        else
            app.MapGet("/", () => "Hello World!");
        app.Run();
        """;
}

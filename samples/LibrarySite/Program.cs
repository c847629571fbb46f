var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.MapStaticAssets();
app.MapGet("/", () => Results.Content("""<a href="_content/GameLibrary/game/index.html">Play</a>""", "text/html"));

app.Run();

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.UseDefaultFiles();
app.UseRouting();
app.MapStaticAssets();

app.Run();

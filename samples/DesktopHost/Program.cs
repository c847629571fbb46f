// The game is in a folder beside the program. A desktop program would map this folder to a host name and show it in a WebView: see docs/desktop.md.
var page = Path.Combine(AppContext.BaseDirectory, "game", "index.html");
if (!File.Exists(page))
{
    Console.Error.WriteLine($"There is no game at {page}");
    return 1;
}

Console.WriteLine($"The game is at {page}");
return 0;

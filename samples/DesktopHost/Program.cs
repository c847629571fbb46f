// The game lies beside the program. A window would show this folder in its WebView, under a host name of its own: see docs/desktop.md.
var page = Path.Combine(AppContext.BaseDirectory, "game", "index.html");
if (!File.Exists(page))
{
    Console.Error.WriteLine($"There is no game at {page}");
    return 1;
}

Console.WriteLine($"The game is at {page}");
return 0;

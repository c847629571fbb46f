using Microsoft.Extensions.FileProviders;
using NUnit.Framework;
using PlayCanvas.Hosting.Pipeline;
using PlayCanvas.Hosting.Tests.Support;

namespace PlayCanvas.Hosting.Tests;

/// <summary>Which files below the web root are hidden from static-file middleware.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HiddenFoldersTests
{
    [TestCase("/game/index.html", false)]
    [TestCase("game/index.html", false)]
    [TestCase("//game//index.html", false)]
    [TestCase("/GAME/index.html", false)]
    [TestCase("/game/index.html.br", false)]
    [TestCase("/games/first/index.html", false)]
    [TestCase("/games//first/index.html", false)]
    [TestCase("/games/second/index.html", true)]
    [TestCase("/games/index.html", true)]
    [TestCase("/gamer/index.html", true)]
    [TestCase("/gam/index.html", true)]
    [TestCase("/other/game/index.html", true)]
    [TestCase("/index.html", true)]
    public void A_file_is_hidden_below_a_game(string path, bool exists)
    {
        using var game = new TestGame(Layout.Published);
        foreach (var folder in (string[])["game", "GAME", "games/first", "games/second", "games", "gamer", "gam", "other/game"])
        {
            var full = Path.Combine([game.Root, "wwwroot", .. folder.Split('/')]);
            Directory.CreateDirectory(full);
            File.WriteAllText(Path.Combine(full, "index.html"), "");
        }

        using var files = new PhysicalFileProvider(Path.Combine(game.Root, "wwwroot"));
        var hidden = new HiddenFolders(files, ["game", "games/first"]);
        Assert.That(hidden.GetFileInfo(path).Exists, Is.EqualTo(exists));
        if (!path.EndsWith(".br", StringComparison.Ordinal))
            Assert.That(files.GetFileInfo(path).Exists, Is.True);
    }

    [TestCase("/game", false)]
    [TestCase("/game/", false)]
    [TestCase("/game/files", false)]
    [TestCase("/games", true)]
    [TestCase("/", true)]
    [TestCase("", true)]
    public void A_folder_of_a_game_is_hidden(string path, bool exists)
    {
        using var game = new TestGame(Layout.Published);
        Directory.CreateDirectory(Path.Combine(game.Root, "wwwroot", "games"));
        using var files = new PhysicalFileProvider(Path.Combine(game.Root, "wwwroot"));
        var hidden = new HiddenFolders(files, ["game"]);
        Assert.That(hidden.GetDirectoryContents(path).Exists, Is.EqualTo(exists));
        Assert.That(files.GetDirectoryContents(path).Exists, Is.True);
    }
}

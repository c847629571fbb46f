using NUnit.Framework;
using PlayCanvas.Build.Exports.Zip;

namespace PlayCanvas.Build.Tests.Exports.Zip;

[Parallelizable(ParallelScope.All)]
public sealed class WrappingFolderTests
{
    private static readonly string[] Roots = ["index.html", "package.json"];

    [TestCase("game/index.html,game/js/a.js", "index.html,js/a.js")]
    [TestCase("My game (1)/index.html", "index.html")]
    [TestCase("project/package.json,project/src/main.mjs", "package.json,src/main.mjs")]
    [TestCase("game/index.html,game/a.js,__MACOSX/game/._index.html,__MACOSX/._game", "index.html,a.js")]
    [TestCase("index.html,a.js,__MACOSX/._index.html", "index.html,a.js")]
    public void IsLeftOut(string names, string changed) => Assert.That(Names(names), Is.EqualTo(changed.Split(',')));

    [TestCase("index.html,js/a.js", TestName = "No folder is left out where the page is at the root")]
    [TestCase("game/index.html,notes.txt", TestName = "No folder is left out beside a file")]
    [TestCase("game/index.html,other/index.html", TestName = "No folder is left out beside another")]
    [TestCase("a/game/index.html", TestName = "Of two folders none is left out")]
    [TestCase("game/readme.txt", TestName = "No folder is left out that does not hold a page")]
    [TestCase("../index.html", TestName = "A way out is not a folder")]
    [TestCase("./index.html", TestName = "The folder itself is not a folder in it")]
    [TestCase("/index.html", TestName = "The root is not a folder")]
    [TestCase("C:/index.html", TestName = "A drive is not a folder")]
    [TestCase("", TestName = "An entry without a name is left as it is")]
    public void IsNotTakenForOne(string names) => Assert.That(Names(names), Is.EqualTo(names.Split(',')));

    [Test]
    public void NothingIsMadeOfNothing() => Assert.That(WrappingFolder.Remove([], Roots), Is.Empty);

    private static IEnumerable<string> Names(string names) =>
        WrappingFolder.Remove([.. names.Split(',').Select(name => new ZipEntry(name, 0, 0, 0, 0, true))], Roots).Select(entry => entry.Name);
}

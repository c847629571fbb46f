using NUnit.Framework;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Exports;

[Parallelizable(ParallelScope.All)]
public sealed class GamePageTests
{
    [TestCase("""<script src="a.js"></script>""", "a.js")]
    [TestCase("<SCRIPT defer type='text/javascript' SRC='a.js'></SCRIPT>", "a.js")]
    [TestCase("<script async src=a.js></script>", "a.js")]
    [TestCase("<script\n  src = \"a.js\"\n></script>", "a.js")]
    [TestCase("""<script data-when="a > b" src="a.js"></script>""", "a.js")]
    [TestCase("""<script data-src="b.js" src="a.js"></script>""", "a.js")]
    [TestCase("""<script data-1="x src=b.js" src="a.js"></script>""", "a.js")]
    [TestCase("""<script src="./js/a%20b.mjs?t=1#x" type="module"></script>""", "js/a b.mjs")]
    [TestCase("""<script src="a.js?x=1&amp;y=2"></script>""", "a.js")]
    [TestCase("""<script src="a&amp;b.js"></script>""", "a&b.js")]
    [TestCase("""<link rel="stylesheet" href="a.css">""", "a.css")]
    [TestCase("""<link href='a.css' rel='preload stylesheet'/>""", "a.css")]
    [TestCase("""<script src="a.js"></script><!-- x --><script>1</script><link rel=stylesheet href=a.css>""", "a.js", "a.css")]
    public void ScriptsAndStyleSheetsAreFound(string html, params string[] paths) => Assert.That(GamePage.PathsOfScriptsAndStyles(html), Is.EqualTo(paths));

    [TestCase("""<script src="https://cdn.example/a.js"></script>""")]
    [TestCase("""<script src="HTTP://cdn.example/a.js"></script>""")]
    [TestCase("""<script src="//cdn.example/a.js"></script>""")]
    [TestCase("""<script src="/_framework/a.js"></script>""")]
    [TestCase("""<script src="../a.js"></script>""")]
    [TestCase("""<script src="data:text/javascript,1"></script>""")]
    [TestCase("""<script src=""></script>""")]
    [TestCase("""<script>const html = '<script src="a.js">';</script>""")]
    [TestCase("""<script>const html = '<link rel="stylesheet" href="a.css">';</script>""")]
    [TestCase("""<!-- <script src="a.js"></script> -->""")]
    [TestCase("<!--\n<link rel=\"stylesheet\" href=\"a.css\">\n-->")]
    [TestCase("""<!-- never closed <script src="a.js"></script>""")]
    [TestCase("""<link rel="icon" href="favicon.ico"><link rel="manifest" href="manifest.json">""")]
    [TestCase("""<scripts src="a.js"></scripts>""")]
    [TestCase("""<img src="a.png">""")]
    public void NothingElseIsTakenForOne(string html) => Assert.That(GamePage.PathsOfScriptsAndStyles(html), Is.Empty);

    /// <summary>Each of these pages would take minutes if the time grew with the square of the length.</summary>
    [TestCase("<script ")]
    [TestCase("<script a=\"")]
    [TestCase("<script>")]
    [TestCase("<link a='")]
    [TestCase("<!--")]
    [TestCase("<script a=")]
    [TestCase("<script a b")]
    [TestCase("<link a  ")]
    [CancelAfter(20_000)]
    public void APageThatMeansHarmIsReadInTime(string part, CancellationToken cancellationToken)
    {
        var html = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));

        Assert.That(GamePage.PathsOfScriptsAndStyles(html), Is.Empty);
        Assert.That(cancellationToken.IsCancellationRequested, Is.False);
    }
}

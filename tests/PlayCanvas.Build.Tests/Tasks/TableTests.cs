using NUnit.Framework;
using PlayCanvas.Build.Tasks.Tables;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TableTests
{
    private static readonly Column<string[]>[] Columns =
    [
        new("Id", row => row[0]) { IsNumber = true },
        new("Name", row => row[1]) { CutTo = 16 },
        new("Size", row => row[2]) { IsNumber = true, Rank = 1 },
        new("Views", row => row[3]) { IsNumber = true, Rank = 2 },
        new("URL", row => row[4]),
    ];

    private static readonly string[][] Rows =
    [
        ["5", "Game", "1.5 kB", "1,234", "https://x/5"],
        ["123456", "A name that is rather long", "", "0", "https://x/123456"],
    ];

    [Test]
    public void EachColumnIsAsWideAsItsLongestText() => Assert.That(Lines(80), Is.EqualTo(
    [
        "    Id  Name                          Size  Views  URL",
        "     5  Game                        1.5 kB  1,234  https://x/5",
        "123456  A name that is rather long              0  https://x/123456",
    ]));

    [Test]
    public void ATextIsShortenedFirst() => Assert.That(Lines(60), Is.EqualTo(
    [
        "    Id  Name                   Size  Views  URL",
        "     5  Game                 1.5 kB  1,234  https://x/5",
        "123456  A name that is rat…              0  https://x/123456",
    ]));

    [Test]
    public void ThenTheColumnsWithTheHighestRankAreOmitted() => Assert.That(Lines(52), Is.EqualTo(
    [
        "    Id  Name                  Size  URL",
        "     5  Game                1.5 kB  https://x/5",
        "123456  A name that is ra…          https://x/123456",
    ]));

    [Test]
    public void IdsAndUrlsAreNeverShortened() => Assert.That(Lines(10), Is.EqualTo(
    [
        "    Id  Name      URL",
        "     5  Game      https://x/5",
        "123456  A name…   https://x/123456",
    ]));

    [TestCase(36)]
    [TestCase(40)]
    [TestCase(50)]
    [TestCase(61)]
    public void ATableFitsItsWidth(int width) => Assert.That(Lines(width).Select(line => line.Length), Has.All.LessThanOrEqualTo(width));

    [Test]
    public void ATimeIsADayInANarrowTable()
    {
        Column<string>[] columns = [Column.Time<string>("Created", row => DateTimeOffset.Parse(row, null)), new("Name", row => row) { CutTo = 16 }];
        string[] rows = ["2026-03-01T12:34:56+02:00"];

        Assert.That(Table.Format(columns, rows, 40).Last(), Is.EqualTo("2026-03-01 10:34  2026-03-01T12:34:56+0…"));
        Assert.That(Table.Format(columns, rows, 30).Last(), Is.EqualTo("2026-03-01  2026-03-01T12:34:…"));
    }

    [Test]
    public void AColumnWithoutValuesIsOmitted()
    {
        string[][] rows = [["5", "Game", "", null!, "https://x/5"]];

        Assert.That(Table.Format(Columns, rows, 80).First(), Is.EqualTo("Id  Name  URL"));
    }

    [Test]
    public void WithoutRecordsThereIsNoTable() => Assert.That(Table.Format(Columns, [], 80), Is.Empty);

    [Test]
    public void WithoutTitlesThereIsNoLineForThem()
    {
        Column<(string Label, string Text)>[] columns = [new("", pair => pair.Label), new("", pair => pair.Text) { CutTo = 16 }];

        Assert.That(Table.Format(columns, [("here", "main"), ("what is live", "1.2.0")], 80), Is.EqualTo(["here          main", "what is live  1.2.0"]));
    }

    [Test]
    public void AValueIsOneLine()
    {
        string[][] rows = [["5", "two\r\nlines\u001b[31m\tand a tab", "", "", ""]];

        Assert.That(Table.Format(Columns, rows, 80).Last(), Is.EqualTo(" 5  two lines [31m and a tab"));
    }

    [Test]
    public void WideCharactersTakeTwoColumns() => Assert.That(
        Table.Format<string[]>([new("Name", row => row[0]) { CutTo = 16 }, new("Id", row => row[1])], [["箱を回す", "1"], ["🎮 box", "2"], ["e\u0301te", "3"], ["中文字符中文字符中文字符", "4"]], 20),
        Is.EqualTo(
        [
            "Name              Id",
            "箱を回す          1",
            "🎮 box            2",
            "e\u0301te               3",
            "中文字符中文字…   4",
        ]));

    [TestCase("🎮🎮🎮🎮🎮", 6, "🎮🎮…")]
    [TestCase("a b c d", 5, "a b…")]
    [TestCase("abcde", 5, "abcde")]
    public void AShortenedTextEndsWithAnEllipsis(string text, int limit, string shortened) =>
        Assert.That(TextWidth.Shorten(text, limit), Is.EqualTo(shortened));

    private static List<string> Lines(int width) => [.. Table.Format(Columns, Rows, width)];
}

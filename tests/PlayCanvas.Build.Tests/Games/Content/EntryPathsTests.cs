using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Games.Content;

[Parallelizable(ParallelScope.All)]
public sealed class EntryPathsTests
{
    [TestCase("index.html")]
    [TestCase("files/assets/1/1/box.png")]
    [TestCase("files/assets/1/1/Müster größe (64) @ home, 日本 😀.png")]
    [TestCase("files/assets/1/1/.hidden")]
    [TestCase("files/.gitignore")]
    [TestCase("files/.playcanvas/a.txt")]
    [TestCase(".playcanvas2")]
    [TestCase("a..b/..c/d..e")]
    [TestCase("console.log")]
    [TestCase("COM10.txt")]
    [TestCase("nullable/auxiliary.js")]
    [TestCase("a$(d)'e'#f&g=h!i~j`k{l}[m]n@(o) + p,q.txt")]
    public void ALegalNameIsItsOwnPath(string name) => Assert.That(PathOf(name), Is.EqualTo(name));

    [TestCase("files/1/Armature|Run.glb", "files/1/Armature_Run.glb")]
    [TestCase("a<b>c:d\"e?f*g", "a_b_c_d_e_f_g")]
    [TestCase("tab\tline\nnull\0end", "tab_line_null_end")]
    [TestCase("trailing dot.", "trailing dot_")]
    [TestCase("trailing blank ", "trailing blank_")]
    [TestCase("folder./file", "folder_/file")]
    [TestCase("folder /file", "folder_/file")]
    [TestCase("...", ".._")]
    [TestCase("a\\b.txt", "a_b.txt")]
    [TestCase("files\\assets\\a.txt", "files_assets_a.txt")]
    [TestCase("not a letter \uFFFE\uFFFF.txt", "not a letter __.txt")]
    [TestCase("hero%20idle.png", "hero_20idle.png")]
    [TestCase("semi;colon&amp;.png", "semi_colon&amp_.png")]
    [TestCase("%(Identity);%3B/100%", "_(Identity)__3B/100_")]
    [TestCase("#[.{fingerprint}]!.js", "_[.{fingerprint}]!.js")]
    [TestCase(" leading blank", "_leading blank")]
    [TestCase("files/\u3000wide\u00A0", "files/_wide_")]
    [TestCase("CON", "_CON")]
    [TestCase("con.txt", "_con.txt")]
    [TestCase("Aux.tar.gz", "_Aux.tar.gz")]
    [TestCase("files/NUL.png", "files/_NUL.png")]
    [TestCase("prn/a.txt", "_prn/a.txt")]
    [TestCase("COM1", "_COM1")]
    [TestCase("lpt9.dat", "_lpt9.dat")]
    [TestCase("COM².txt", "_COM².txt")]
    [TestCase("CONIN$", "_CONIN$")]
    [TestCase("nul .txt", "_nul .txt")]
    [TestCase("con ", "con_")]
    [TestCase("con:", "con_")]
    public void AnIllegalNameIsMapped(string name, string path) => Assert.That(PathOf(name), Is.EqualTo(path));

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("\\windows\\win.ini")]
    [TestCase("//server/share/a.txt")]
    [TestCase("\\\\server\\share\\a.txt")]
    [TestCase("C:/windows/win.ini")]
    [TestCase("c:win.ini")]
    [TestCase("..")]
    [TestCase("../a.txt")]
    [TestCase("files/../../a.txt")]
    [TestCase("files/..")]
    [TestCase("..\\a.txt")]
    [TestCase("files\\..\\..\\a.txt")]
    [TestCase("files/..\\a.txt")]
    [TestCase(".")]
    [TestCase("./a.txt")]
    [TestCase("files//a.txt")]
    [TestCase("files/./a.txt")]
    [TestCase("files/\\a.txt")]
    public void ANameThatMayLeadOutIsUnsafe(string name) =>
        Assert.That(() => PathOf(name), Thrown.Export(ExportFault.Unsafe));

    [TestCase(".playcanvas")]
    [TestCase(".playcanvas/manifest.json")]
    [TestCase(".PlayCanvas/journal.json")]
    [TestCase(".playcanvas\\journal.json")]
    [TestCase(".gitignore")]
    [TestCase(".GITIGNORE")]
    public void OurOwnStateIsNotOverwritten(string name) =>
        Assert.That(() => PathOf(name), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("own state"));

    [Test]
    public void ANameThatIsThereTwiceIsUnsafe() =>
        Assert.That(() => Map("a.txt", "b.txt", "a.txt"), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("twice"));

    [Test]
    public void APartOf255BytesIsAllowed([Values("n", "日")] string letter)
    {
        var name = "files/" + Repeat(letter, 255 / Encoding.UTF8.GetByteCount(letter));
        Assert.That(PathOf(name), Is.EqualTo(name));
    }

    [Test]
    public void APartOfMoreThan255BytesIsUnsafe([Values("n", "日")] string letter) =>
        Assert.That(() => PathOf("files/" + Repeat(letter, 255 / Encoding.UTF8.GetByteCount(letter)) + "."), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("255"));

    [Test]
    public void A_part_that_is_too_long_once_it_is_numbered_is_unsafe() =>
        Assert.That(() => Map(Repeat("n", 255), Repeat("N", 255)), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("255"));

    [Test]
    public void Names_that_differ_in_case_only_get_different_paths() =>
        Assert.That(Map("files/Box.png", "files/box.png", "files/BOX.png"), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["files/box.png"] = "files/box.png",
            ["files/Box.png"] = "files/Box~2.png",
            ["files/BOX.png"] = "files/BOX~3.png",
        }));

    [Test]
    public void Names_that_differ_in_their_Unicode_form_only_get_different_paths()
    {
        var composed = "größe.png".Normalize(NormalizationForm.FormC);
        var decomposed = "größe.png".Normalize(NormalizationForm.FormD);
        var paths = Map(composed, decomposed).Values.Select(path => path.Normalize(NormalizationForm.FormC));
        Assert.That(paths, Is.Unique);
    }

    [TestCase("files/a|b.png", "files/a_b.png")]
    [TestCase("files/a|b.png", "files/A_B.png")]
    [TestCase("CON.txt", "_con.txt")]
    [TestCase("files/x.", "files/x_")]
    public void AMappedNameGivesWayToALegalOne(string mapped, string legal)
    {
        var paths = Map(mapped, legal);
        Assert.That(paths[legal], Is.EqualTo(legal));
        Assert.That(paths.Values, Is.Unique.IgnoreCase);
    }

    [TestCase("files/.a|b", "files/.a_b", "files/.a_b~2")]
    [TestCase("a|b", "a_b", "a_b~2")]
    [TestCase("a.b/c|d", "a.b/c_d", "a.b/c_d~2")]
    [TestCase("a|b.tar.gz", "a_b.tar.gz", "a_b.tar~2.gz")]
    public void TheNumberStandsBeforeTheExtension(string mapped, string legal, string expected) =>
        Assert.That(Map(mapped, legal)[mapped], Is.EqualTo(expected));

    [Test]
    public void A_numbered_path_does_not_take_that_of_another_file()
    {
        var paths = Map("a|b.txt", "a_b.txt", "a_b~2.txt");
        Assert.That(paths["a|b.txt"], Is.EqualTo("a_b~3.txt"));
    }

    [TestCase("files", "files/a.txt")]
    [TestCase("Files", "files/a.txt")]
    [TestCase("a/b", "a/b/c/d.txt")]
    [TestCase("a_b", "a|b/c.txt")]
    public void AFileThatIsAlsoAFolderIsUnsafe(string file, string inFolder) =>
        Assert.That(() => Map(file, inFolder), Thrown.Export(ExportFault.Unsafe).With.Message.Contains("both a file and a folder"));

    [Test]
    public void A_file_that_is_also_a_folder_in_another_Unicode_form_is_unsafe() =>
        Assert.That(
            () => Map("größe".Normalize(NormalizationForm.FormC), "größe".Normalize(NormalizationForm.FormD) + "/a.txt"),
            Thrown.Export(ExportFault.Unsafe));

    [Test]
    public void ThePathsDoNotDependOnTheOrderOfTheNames()
    {
        string[] names = ["b/A.png", "b/a.png", "b/a|.png", "b/a_.png", "b/a?.png", "c.txt", "CON", "_CON", "con"];
        var expected = Map(names);
        for (var seed = 0; seed < 50; seed++)
        {
            var shuffled = (string[])names.Clone();
            new Random(seed).Shuffle(shuffled);
            Assert.That(Map(shuffled), Is.EquivalentTo(expected));
        }
    }

    [Test]
    public void NoTwoPathsAreOneFileOnAnySystem()
    {
        string[] letters = ["a", "A", "|", "?", ".", " ", "_", "é", "e\u0301"];
        var names = letters.SelectMany(first => letters.Select(second => first + second)).Where(name => name is not "." and not "..");
        var paths = EntryPaths.Map(names).Values.Select(path => path.Normalize(NormalizationForm.FormC)).ToList();
        Assert.That(paths, Is.Unique.IgnoreCase);
    }

    [TestCase("./a.txt", "a.txt")]
    [TestCase("././files/./a.txt", "files/a.txt")]
    [TestCase("files//a.txt", "files/a.txt")]
    [TestCase("a./b..txt", "a./b..txt")]
    [TestCase("/etc/passwd", "/etc/passwd")]
    [TestCase("//server/share", "/server/share")]
    [TestCase("./../a.txt", "../a.txt")]
    [TestCase("", "")]
    public void PartsThatLeadNowhereAreLeftOut(string name, string plain) => Assert.That(EntryPaths.WithoutDots(name), Is.EqualTo(plain));

    [TestCase("game", true)]
    [TestCase("games/first (beta)", true)]
    [TestCase("größe/it's #1", true)]
    [TestCase("/game", false)]
    [TestCase("C:/game", false)]
    [TestCase("../game", false)]
    [TestCase("game/", false)]
    [TestCase(".", false)]
    [TestCase("", false)]
    [TestCase("a\"b", false)]
    [TestCase("game%20x", false)]
    [TestCase("a;b", false)]
    [TestCase("a\\b", false)]
    [TestCase("game.", false)]
    [TestCase("con/game", false)]
    public void A_path_is_portable_when_nothing_of_it_had_to_be_mapped(string path, bool expected) => Assert.That(EntryPaths.IsPortable(path), Is.EqualTo(expected));

    private static string PathOf(string name) => Map(name)[name];

    private static IReadOnlyDictionary<string, string> Map(params string[] names) => EntryPaths.Map(names);

    private static string Repeat(string letter, int count) => string.Concat(Enumerable.Repeat(letter, count));
}

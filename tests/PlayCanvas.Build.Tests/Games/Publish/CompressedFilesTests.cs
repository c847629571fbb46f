using System.IO.Compression;
using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Publish;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Publish;

public sealed class CompressedFilesTests : GameFixture
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("var scripts = 'that can be compressed';\n", 200));

    [Test]
    public void A_file_that_gains_has_both_forms_and_each_unpacks_to_its_bytes()
    {
        var forms = Of(Text);

        Assert.That(forms.Select(form => form.Ending), Is.EqualTo([".br", ".gz"]));
        Assert.That(forms.Select(Unpack), Has.All.EqualTo(Text));
        Assert.That(forms.Select(form => new FileInfo(form.Path).Length), Has.All.LessThan(Text.Length / 10));
    }

    [Test]
    public void AFileThatGainsLessThanAFewPercentHasNone()
    {
        var bytes = new byte[3_000];
        new Random(1).NextBytes(bytes);
        var game = new SampleGame();
        game.Files["noise.bin"] = bytes;
        var content = Install(game);
        var file = content.Manifest.Files.Single(file => file.Path == "noise.bin");

        Assert.That(new CompressedFiles(Store, CancellationToken.None).Of(content, file), Is.Empty);
        Assert.That(new CompressedFiles(Store, CancellationToken.None).Of(content, file), Is.Empty);
        Assert.That(FormsInStore(), Is.EqualTo([file.Sha256 + ".none"]));
    }

    [Test]
    public void AnEmptyFileHasNone() => Assert.That(Of(""), Is.Empty);

    [Test]
    public void AFileIsCompressedOnce()
    {
        var first = Of(Text);
        foreach (var form in first)
            File.SetLastWriteTimeUtc(form.Path, LongAgo);

        var second = Of(Text);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(second.Select(form => File.GetLastWriteTimeUtc(form.Path)), Has.All.EqualTo(LongAgo));
    }

    [Test]
    public void TheBytesAreTheSameInEveryStore()
    {
        var first = Of(Text, MakeStore("one"));
        var second = Of(Text, MakeStore("two"));

        Assert.That(second.Select(form => File.ReadAllBytes(form.Path)), Is.EqualTo(first.Select(form => File.ReadAllBytes(form.Path))));
    }

    /// <summary>The form that is written last shows that the file was compressed.</summary>
    [Test]
    public void WhatAKilledBuildHasLeftIsReplaced()
    {
        var path = Store.CompressedPath(Sha256Of(Text));
        File.WriteAllText(path + ".br", "half");
        File.WriteAllText($"{path}.{Guid.NewGuid():N}.tmp", "half");

        Assert.That(Of(Text).Select(Unpack), Has.All.EqualTo(Text).And.Exactly(2).Items);
    }

    /// <summary>The forms are kept by the hash of the file, so those of other bytes would be served after a repair.</summary>
    [Test]
    public void ADamagedFileIsNotCompressed()
    {
        var game = new SampleGame();
        game.Add("text.js", Text);
        var content = Install(game);
        var file = content.Manifest.Files.Single(file => file.Path == "text.js");
        Damage(content.PathOf(file), Text.Replace("scripts", "damages"));

        Assert.That(() => new CompressedFiles(Store, CancellationToken.None).Of(content, file), Throws.TypeOf<DamagedContentException>().With.Property("Path").EqualTo(content.PathOf(file)));
        Assert.That(FormsInStore(), Is.Empty);
    }

    [Test]
    public void ProgressEndsWithAllBytesWhateverIsThereAlready([Values] bool isSecondTime)
    {
        var game = new SampleGame();
        game.Add("text.js", Text);
        game.Add("empty.js", "");
        var content = Install(game);
        if (isSecondTime)
            new CompressedFiles(Store, CancellationToken.None).Of(content, static (_, _) => { });
        var steps = new List<(long Done, long Total)>();

        new CompressedFiles(Store, CancellationToken.None).Of(content, (done, total) => steps.Add((done, total)));

        Assert.That(steps, Has.All.Matches<(long Done, long Total)>(step => step.Done <= step.Total));
        Assert.That(steps[^1], Is.EqualTo((content.Manifest.TotalSize, content.Manifest.TotalSize)));
    }

    private IReadOnlyList<CompressedFile> Of(string text, GameStore? store = null)
    {
        var game = new SampleGame();
        game.Add("text.js", text);
        var content = Install(game);
        return new CompressedFiles(store ?? Store, CancellationToken.None).Of(content, content.Manifest.Files.Single(file => file.Path == "text.js"));
    }

    private IEnumerable<string?> FormsInStore() =>
        Directory.Exists(Root.File("store", "v1", ".compressed")) ? Directory.EnumerateFiles(Root.File("store", "v1", ".compressed")).Select(Path.GetFileName) : [];

    private static string Sha256Of(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Unpack(CompressedFile form)
    {
        using var file = File.OpenRead(form.Path);
        using Stream unpacked = form.Ending == ".br" ? new BrotliStream(file, CompressionMode.Decompress) : new GZipStream(file, CompressionMode.Decompress);
        return new StreamReader(unpacked).ReadToEnd();
    }
}

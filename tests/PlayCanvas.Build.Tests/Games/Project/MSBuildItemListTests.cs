using Microsoft.Build.Utilities;
using NUnit.Framework;
using PlayCanvas.Build.Games.Project;

namespace PlayCanvas.Build.Tests.Games.Project;

[Parallelizable(ParallelScope.All)]
public sealed class MSBuildItemListTests
{
    [TestCase("files/a.txt", "files/a.txt")]
    [TestCase("100%.txt", "100%25.txt")]
    [TestCase("a%3Bb.txt", "a%253Bb.txt")]
    [TestCase("a;b.txt", "a%3Bb.txt")]
    [TestCase("$(Home)", "%24%28Home%29")]
    [TestCase("@(Compile)", "%40%28Compile%29")]
    [TestCase("*?.txt", "%2A%3F.txt")]
    [TestCase("it's.txt", "it%27s.txt")]
    [TestCase("größe 日本 😀.txt", "größe 日本 😀.txt")]
    public void WhatMeansSomethingToMSBuildIsEscaped(string path, string escaped) =>
        Assert.That(MSBuildItemList.Escape(path), Is.EqualTo(escaped));

    [Test]
    public void AnItemOfAnEscapedPathIsThatPath([Range(' ', '~')] int letter)
    {
        var path = $"a{(char)letter}b.txt";
        Assert.That(new TaskItem(MSBuildItemList.Escape(path)).ItemSpec, Is.EqualTo(path.Replace('\\', '/')));
    }

    [Test]
    public void AListHasAPathALine() =>
        Assert.That(Write("a.txt", "b'c @(d).txt"), Is.EqualTo("a.txt\nb'c @(d).txt\n"));

    [Test]
    public void AnEmptyListHasNoItems() => Assert.That(Write(), Is.Empty);

    private static string Write(params string[] paths)
    {
        using var list = new StringWriter();
        MSBuildItemList.Write(list, paths);
        return list.ToString();
    }
}

using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Project;

namespace PlayCanvas.Build.Tests.Games.Project;

/// <summary>The targets are not compiled, so nothing else would notice that they look for a file that the tasks no longer write.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProjectFilesTests
{
    private static readonly string[] Names = [.. typeof(ProjectFiles)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly string Targets = string.Concat(Directory.EnumerateFiles(Repository.PathOf("build")).Select(File.ReadAllText));

    /// <summary>The names of files that the targets read in the folder of a game.</summary>
    private static readonly string[] NamesInTargets = [.. Regex.Matches(Targets, @"(?:\$\(_PlayCanvasState\)|\$\(_PlayCanvasStateDirectory\)%\(Identity\)/)([a-z][\w.]*)")
        .Select(match => match.Groups[1].Value)
        .Distinct()];

    [Test]
    public void The_targets_use_the_names_of_the_state() => Assert.That(NamesInTargets, Is.Not.Empty.And.SubsetOf(Names));

    [Test]
    public void The_targets_read_the_text_that_an_up_to_date_build_compares() => Assert.That(NamesInTargets, Does.Contain(ProjectFiles.UpToDate));

    [TestCase("$(_PlayCanvasState)$(_PlayCanvasContent)" + ProjectFiles.ManifestExtension)]
    [TestCase("%(_PlayCanvasGame.ContentDirectory)" + ProjectFiles.FileListExtension)]
    public void The_targets_read_a_file_of_a_content(string text) => Assert.That(Targets, Does.Contain($"Exists('{text}')"));

    [Test]
    public void The_targets_read_the_list_of_a_mirror() =>
        Assert.That(Targets, Does.Contain($"$(_PlayCanvasFullMirror)%(_PlayCanvasGame.Identity)/{EntryPaths.MirrorList}'"));

    [Test]
    public void EachNameIsUsedOnce() => Assert.That(Names, Is.Unique);
}

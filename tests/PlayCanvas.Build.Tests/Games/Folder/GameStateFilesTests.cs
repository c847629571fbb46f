using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PlayCanvas.Build.Games.Folder;

namespace PlayCanvas.Build.Tests.Games.Folder;

/// <summary>The targets are not compiled, so nothing else would notice that they look for a file that the tasks no longer write.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GameStateFilesTests
{
    /// <summary>Names that the targets use as the identity of an item, in place of a file: no such files exist.</summary>
    private static readonly string[] NotFiles = ["warned", "wanted"];

    private static readonly string[] Names = [.. typeof(GameStateFiles)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly string[] NamesInTargets = [.. Directory.EnumerateFiles(Repository.PathOf("build"))
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\.playcanvas/([\w.-]+)"))
        .Select(match => match.Groups[1].Value)
        .Distinct()
        .Except(NotFiles)];

    [Test]
    public void The_targets_use_the_names_of_the_state() => Assert.That(NamesInTargets, Is.SubsetOf(Names));

    [TestCase(GameStateFiles.Manifest)]
    [TestCase(GameStateFiles.FileList)]
    [TestCase(GameStateFiles.Parameters)]
    [TestCase(GameStateFiles.Problems)]
    [TestCase(GameStateFiles.Exported)]
    [TestCase(GameStateFiles.Owner)]
    [TestCase(GameStateFiles.Journal)]
    [TestCase(GameStateFiles.Staging)]
    [TestCase(GameStateFiles.Download)]
    public void The_targets_read_a_file(string name) => Assert.That(NamesInTargets, Does.Contain(name));

    [Test]
    public void Each_name_is_used_once() => Assert.That(Names, Is.Unique);

    /// <summary>ASP.NET Core's file providers do not serve files whose names begin with a dot. The staging folder is inside such a folder.</summary>
    [Test]
    public void The_names_begin_with_a_dot() => Assert.That(Names.Except([GameStateFiles.Staging]), Has.All.StartsWith("."));
}

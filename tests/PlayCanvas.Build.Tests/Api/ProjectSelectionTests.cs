using NUnit.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ProjectSelectionTests
{
    private static readonly Scene[] Scenes =
    [
        new() { Id = 1, Name = "Main" },
        new() { Id = 2, Name = "Level 2" },
        new() { Id = 3, Name = "1" },
        new() { Id = 4, Name = "Twin" },
        new() { Id = 5, Name = "Twin" },
        new() { Id = 6 },
    ];

    private static readonly Branch[] Branches =
    [
        new() { Id = "a1", Name = "main" },
        new() { Id = "b2", Name = "a1" },
        new() { Id = "c3", Name = "twin" },
        new() { Id = "d4", Name = "twin" },
        new() { Id = "e5", Name = "reopened" },
        new() { Id = "f6", Name = "reopened", Closed = true },
    ];

    private static readonly string[] TwinScenes = ["4", "5"];

    private static readonly string[] TwinBranches = ["c3", "d4"];

    [TestCase("Main", "1")]
    [TestCase("2", "2")]
    [TestCase("Level 2;Main", "2,1")]
    [TestCase("Main;2;Main;1", "1,2,3", Description = "Once each; the name 1 beats the id 1")]
    [TestCase("1", "3", Description = "An exact name beats an id")]
    [TestCase("Main;*", "1,2,3,4,5,6")]
    [TestCase("2;*", "2,1,3,4,5,6")]
    [TestCase("4;*;Main", "4,1,2,3,5,6")]
    public void ScenesAreFoundByNameOrId(string wanted, string ids)
    {
        var found = ProjectSelection.Scenes(wanted.Split(';'), Scenes);

        Assert.That(string.Join(",", found), Is.EqualTo(ids));
    }

    [Test]
    public void AllScenesNeedAFirstOne()
    {
        Assert.That(() => ProjectSelection.Scenes(["*"], Scenes), Thrown.Name(NameFault.StartSceneUnknown).With.Property("Candidates").Contains("Main"));
    }

    [Test]
    public void TheOnlySceneIsTheFirst()
    {
        Assert.That(ProjectSelection.Scenes(["*"], [Scenes[1]]).Single(), Is.EqualTo(2));
    }

    [Test]
    public void NoScenesAreNoneToStartWith()
    {
        Assert.That(() => ProjectSelection.Scenes(["*"], []), Thrown.Name(NameFault.StartSceneUnknown));
    }

    [Test]
    public void ANameThatOccursTwiceShowsTheIds()
    {
        Assert.That(
            () => ProjectSelection.Scenes(["Main", "Twin"], Scenes),
            Thrown.Name(NameFault.Ambiguous).With.Property("Candidates").EqualTo(TwinScenes).And.Property("Kind").EqualTo(NameKind.Scene));
    }

    [TestCase("Level 3")]
    [TestCase("main", Description = "Names are case-sensitive")]
    [TestCase("99")]
    [TestCase("01")]
    public void ASceneThatIsNotThereListsThoseThatAre(string wanted)
    {
        Assert.That(
            () => ProjectSelection.Scenes([wanted], Scenes),
            Thrown.Name(NameFault.NotFound).With.Property("Candidates").EqualTo(Scenes.Select(scene => scene.Name ?? "")));
    }

    [TestCase("main", "a1")]
    [TestCase("a1", "b2", Description = "An exact name beats an id")]
    [TestCase("d4", "d4")]
    [TestCase("D4", "d4")]
    [TestCase("reopened", "e5", Description = "An open branch beats a closed one of the same name")]
    public void BranchesAreFoundByNameOrId(string wanted, string id) =>
        Assert.That(ProjectSelection.BranchId(wanted, Branches), Is.EqualTo(id));

    [Test]
    public void ABranchNameThatOccursTwiceShowsTheIds()
    {
        Assert.That(
            () => ProjectSelection.BranchId("twin", Branches),
            Thrown.Name(NameFault.Ambiguous).With.Property("Candidates").EqualTo(TwinBranches).And.Property("Kind").EqualTo(NameKind.Branch));
    }

    [Test]
    public void ABranchThatIsNotThereListsThoseThatAre()
    {
        Assert.That(
            () => ProjectSelection.BranchId("x", Branches),
            Thrown.Name(NameFault.NotFound).With.Property("Candidates").EqualTo(Branches.Select(branch => branch.Name)));
    }
}

using NUnit.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Locking;
using PlayCanvas.Build.Games.Status;

namespace PlayCanvas.Build.Tests.Games.Status;

/// <summary>Tests how a game compares with the checkpoints of a branch. Each character stands for a checkpoint, the newest first.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BranchHistoryTests
{
    private const string Here = "the branch";
    private const string Other = "another branch";

    [TestCase("c", Here, "cba", false, "Newest")]
    [TestCase("a", Here, "cba", false, "Older cb")]
    [TestCase("a", null, "cba", true, "Older cb")]
    [TestCase("ba", Here, "cba", true, "Older c", TestName = "The newest checkpoint of the scenes counts")]
    [TestCase("x", Here, "cba", false, "Elsewhere", TestName = "A checkpoint that the branch does not have")]
    [TestCase("x", Here, "cba", true, "Older cba and more", TestName = "A checkpoint that is older than those that were requested")]
    [TestCase("x", null, "cba", true, "Older cba and more", TestName = "An old checkpoint of an unknown branch")]
    [TestCase("x", Other, "cba", true, "Elsewhere", TestName = "A checkpoint of another branch is not older")]
    [TestCase("b", Other, "cba", false, "Elsewhere", TestName = "A checkpoint of another branch that this one has too")]
    [TestCase("c", Other, "cba", false, "Elsewhere", TestName = "The newest checkpoint, in a game of another branch")]
    [TestCase("", Here, "cba", false, "Unknown", TestName = "A game without a checkpoint")]
    [TestCase("a", Here, "", false, "Elsewhere", TestName = "A branch without checkpoints")]
    [TestCase("a", Here, "", true, "Older and more", TestName = "Checkpoints that were not requested")]
    public void AGameIsComparedWithItsBranch(string known, string? from, string listed, bool hasMore, string expected)
    {
        var history = new BranchHistory(new Branch { Id = Here, LatestCheckpointId = listed.Length == 0 ? null : listed[..1] }, Checkpoints(listed), hasMore);

        Assert.That(Describe(history.NewerThan(Game(known, from))), Is.EqualTo(expected));
    }

    [TestCase("", false, TestName = "A new branch has the checkpoint of its source")]
    [TestCase("", true, TestName = "Without the list, the branch names its newest checkpoint")]
    public void The_newest_checkpoint_of_the_branch_need_not_be_listed(string listed, bool hasMore)
    {
        var history = new BranchHistory(new Branch { Id = Here, LatestCheckpointId = "a" }, Checkpoints(listed), hasMore);

        Assert.That(history.NewerThan(Game("a", Here)).Freshness, Is.EqualTo(Freshness.Newest));
    }

    [Test]
    public void Without_an_installed_game_the_locked_one_is_compared()
    {
        var history = new BranchHistory(new Branch { Id = Here }, Checkpoints("cba"), HasMore: false);
        var locked = new LocalGame("game", null) { Entry = new LockEntry { Checkpoints = ["b"], Branch = new LockedName(Here, "main") } };

        Assert.That(Describe(history.NewerThan(locked)), Is.EqualTo("Older c"));
    }

    [TestCase(2.5, "c")]
    [TestCase(2, "c")]
    [TestCase(0.5, "a")]
    [TestCase(-1, null)]
    [TestCase(null, null)]
    public void TheNewestCheckpointAtATimeIsFound(double? day, string? expected)
    {
        var history = new BranchHistory(new Branch { Id = Here }, Checkpoints("cba"), HasMore: false);

        Assert.That(history.NewestAt(day is null ? null : DateTimeOffset.UnixEpoch.AddDays(day.Value))?.Id, Is.EqualTo(expected));
    }

    /// <summary>Makes checkpoints, each a day older than the one before it; <c>a</c> is of the first day.</summary>
    private static IReadOnlyList<Checkpoint> Checkpoints(string ids) =>
        [.. ids.Select(id => new Checkpoint { Id = $"{id}", CreatedAt = DateTimeOffset.UnixEpoch.AddDays(id - 'a') })];

    private static LocalGame Game(string checkpoints, string? branchId) => new("game", null)
    {
        Content = new GameManifest { Facts = new GameFacts { BranchId = branchId, Checkpoints = [.. checkpoints.Select(id => $"{id}")] } },
    };

    private static string Describe(NewerCheckpoints newer) =>
        $"{newer.Freshness} {string.Concat(newer.Checkpoints.Select(checkpoint => checkpoint.Id))}{(newer.HasMore ? " and more" : "")}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd();
}

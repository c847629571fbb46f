using NUnit.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Publishing;

namespace PlayCanvas.Build.Tests.Api.Publishing;

/// <summary>
/// A table of situations: the apps of a project, from the oldest to the newest, and what happens to each. The app with the index 0 is created at noon and
/// complete a minute later, that with the index 1 ten minutes later, and so on.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class AppRetentionTests
{
    private const string Name = "Game";
    private const string Branch = "branch-1";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [TestCase(1, "Deleted Deleted Newest")]
    [TestCase(2, "Deleted Newest Newest")]
    [TestCase(3, "Newest Newest Newest")]
    [TestCase(9, "Newest Newest Newest")]
    public void The_newest_stay(int keep, string fates) => Check(keep, fates, [Ours(), Ours(), Ours()]);

    [Test]
    public void There_may_be_no_apps() => Check(1, "", []);

    [Test]
    public void The_primary_app_stays_whatever_its_age() => Check(1, "Primary Deleted Newest", [Ours(), Ours(), Ours()], retention => retention with { PrimaryAppId = 1 });

    [Test]
    public void The_primary_app_counts_if_it_is_one_of_the_newest() => Check(2, "Deleted Newest Newest", [Ours(), Ours(), Ours()], retention => retention with { PrimaryAppId = 2 });

    [Test]
    public void The_new_app_stays_even_if_others_are_newer() => Check(1, "Deleted Newest Recent Newest", [Ours(), Ours(), Ours(), Ours()], New(2));

    [Test]
    public void Apps_that_are_newer_than_a_reused_one_stay() => Check(1, "Deleted Newest Recent Recent Newest", [Ours(), Ours(), Ours(), Ours(), Ours()], New(2));

    [Test]
    public void The_other_app_of_two_that_are_built_at_the_same_time_stays()
    {
        var first = Ours() with { Minutes = 30 };
        Check(1, "Deleted Recent Newest", [Ours(), first, Ours()], New(3));
        Check(1, "Deleted Recent Newest", [Ours(), first, Ours()]);
    }

    [Test]
    public void An_app_that_is_still_being_built_protects_what_was_built_beside_it()
    {
        var running = Ours() with { Minutes = null, Status = JobStatus.Running, BuildStatus = JobStatus.Running };
        Check(1, "Deleted Recent Newest Incomplete", [Ours(), Ours() with { Minutes = 30 }, Ours() with { Minutes = 30 }, running]);
    }

    [Test]
    public void An_app_is_not_deleted_if_the_times_do_not_show_that_it_is_older()
    {
        Check(1, "Recent Newest", [Ours() with { Minutes = null, Status = JobStatus.Complete }, Ours()]);
        Check(1, "Recent Newest", [Ours(), Ours() with { HasTimes = false, Status = JobStatus.Complete }]);
    }

    [TestCase(JobStatus.Running, JobStatus.Running)]
    [TestCase(JobStatus.Error, JobStatus.Error)]
    [TestCase(JobStatus.Complete, JobStatus.Running)]
    [TestCase(JobStatus.Complete, JobStatus.Error)]
    [TestCase("odd", JobStatus.Complete)]
    public void An_app_that_is_not_complete_stays_and_does_not_count(string status, string buildStatus) =>
        Check(1, "Deleted Incomplete Newest", [Ours(), Ours() with { Status = status, BuildStatus = buildStatus }, Ours()]);

    [Test]
    public void Apps_whose_origin_is_not_known_stay_and_do_not_count() =>
        Check(1, "Deleted UnknownOrigin UnknownOrigin UnknownOrigin Newest", [Ours(), Ours() with { HasBuild = false }, Ours() with { Source = null }, Ours() with { BranchId = "" }, Ours()]);

    [Test]
    public void Apps_of_the_Editor_or_of_another_branch_stay_and_do_not_count() =>
        Check(1, "Deleted OtherOrigin OtherOrigin OtherOrigin Newest", [Ours(), Ours() with { Source = "editor" }, Ours() with { Source = "API" }, Ours() with { BranchId = "branch-2" }, Ours()]);

    [Test]
    public void Ids_of_branches_are_compared_regardless_of_case() => Check(1, "Deleted Newest", [Ours() with { BranchId = "BRANCH-1" }, Ours()]);

    [Test]
    public void Apps_with_another_name_are_not_looked_at() => Check(1, "Deleted Newest", [Ours(), Ours() with { Name = "game" }, Ours() with { Name = null }, Ours()]);

    [Test]
    public void Every_app_stays_if_the_branch_is_not_known() => Check(1, "UnknownOrigin UnknownOrigin", [Ours(), Ours()], retention => retention with { BranchId = null });

    [Test]
    public void Builds_that_contradict_each_other_prove_nothing()
    {
        var (apps, builds) = Make([Ours(), Ours()]);
        builds = [.. builds, builds[0] with { Source = new BuildSource { Type = "editor" } }];

        Assert.That(new AppRetention(Name, Branch, 1).Decide(apps, builds)[^1].Fate, Is.EqualTo(AppFate.OtherOrigin));
    }

    [Test]
    public void One_run_deletes_the_oldest_twenty()
    {
        var fates = string.Join(" ", [.. Enumerable.Repeat("Deleted", 20), .. Enumerable.Repeat("NextRun", 3), "Newest", "Newest"]);
        Check(2, fates, [.. Enumerable.Repeat(Ours(), 25)]);
    }

    [Test]
    public void The_order_of_the_lists_does_not_matter()
    {
        var (apps, builds) = Make([Ours(), Ours(), Ours()]);
        var decided = new AppRetention(Name, Branch, 2).Decide([apps[1], apps[2], apps[0]], [.. builds.Reverse()]);

        Assert.That(decided.Select(app => (app.App.Id, app.Build!.AppId, app.Fate)), Is.EqualTo([(3L, 3L, AppFate.Newest), (2L, 2L, AppFate.Newest), (1L, 1L, AppFate.Deleted)]));
    }

    [Test]
    public void A_dry_run_leaves_room_for_the_app_that_would_be_new() =>
        Check(0, "Deleted Deleted", [Ours(), Ours()], retention => retention with { CompleteBefore = Noon.AddDays(1) });

    private static Situation Ours() => new();

    private static Func<AppRetention, AppRetention> New(long id) => retention => retention with { NewAppId = id, CompleteBefore = CreatedAt(id) };

    private static DateTimeOffset CreatedAt(long id) => Noon.AddMinutes(10 * (id - 1));

    /// <summary>Checks what happens to the apps, which are written from the oldest to the newest.</summary>
    private static void Check(int keep, string fates, IReadOnlyList<Situation> situations, Func<AppRetention, AppRetention>? change = null)
    {
        var (apps, builds) = Make(situations);
        var retention = new AppRetention(Name, Branch, keep);

        var decided = (change?.Invoke(retention) ?? retention).Decide(apps, builds);

        Assert.That(string.Join(" ", decided.Reverse().Select(app => app.Fate)), Is.EqualTo(fates));
    }

    private static (IReadOnlyList<App> Apps, IReadOnlyList<BuildRecord> Builds) Make(IReadOnlyList<Situation> situations) => (
        [.. situations.Select((situation, index) => situation.App(index + 1))],
        [.. situations.Select((situation, index) => situation.Build(index + 1)).OfType<BuildRecord>()]);

    /// <summary>An app with its build. By default, it is one that the package has published.</summary>
    private sealed record Situation
    {
        public string? Name { get; init; } = AppRetentionTests.Name;

        /// <summary>How long the build took; null if the app does not say when it was complete.</summary>
        public int? Minutes { get; init; } = 1;

        public bool HasTimes { get; init; } = true;

        public string? Status { get; init; }

        public bool HasBuild { get; init; } = true;

        public string? BuildStatus { get; init; }

        public string? Source { get; init; } = "api";

        public string? BranchId { get; init; } = Branch;

        public App App(long id) => new()
        {
            Id = id,
            Name = Name,
            CreatedAt = HasTimes ? CreatedAt(id) : null,
            CompletedAt = HasTimes && Minutes is { } minutes ? CreatedAt(id).AddMinutes(minutes) : null,
            Task = Status is null ? null : new AppTask { Status = Status },
        };

        public BuildRecord? Build(long id) => HasBuild
            ? new BuildRecord { Id = $"{100 + id}", AppId = id, Status = BuildStatus, Source = new BuildSource { Type = Source }, Branch = new BuildBranch { Id = BranchId } }
            : null;
    }
}

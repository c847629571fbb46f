using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Tests.Api.Once;

[Parallelizable(ParallelScope.All)]
public sealed class PublishMarkTests
{
    private const string Mark = "PlayCanvas-Publish-Id: ci-7 (1f0c2a7e)";

    private static readonly AppRequest Request = new() { ProjectId = 7, Name = "Game", Version = "1.0", Scenes = [1, 2], BranchId = "main-id" };

    [TestCase(null, "M")]
    [TestCase(" \n", "M")]
    [TestCase("what is new\n", "what is new\n\nM")]
    public void TheMarkIsTheLastLineOfTheReleaseNotes(string? releaseNotes, string expected) =>
        Assert.That(PublishMark.Append(releaseNotes, checkpointId: null, "M"), Is.EqualTo(expected));

    [Test]
    public void Release_notes_that_fit_beside_a_mark_stay_within_the_limit()
    {
        var id = new string('x', PublishMark.MaxIdLength);

        Assert.That(PublishMark.Append(new string('n', PublishMark.MaxLength(id, hasCheckpoint: false)), checkpointId: null, PublishMark.Of(id, Request)), Has.Length.EqualTo(AppRequest.MaxText));
    }

    [TestCase(null, Mark, "PlayCanvas-Checkpoint: c\n" + Mark)]
    [TestCase("what is new\n", Mark, "what is new\n\nPlayCanvas-Checkpoint: c\n" + Mark)]
    [TestCase("what is new", null, "what is new\n\nPlayCanvas-Checkpoint: c")]
    public void The_checkpoint_is_in_the_line_before_the_mark(string? releaseNotes, string? mark, string expected)
    {
        var notes = PublishMark.Append(releaseNotes, "c", mark);

        Assert.That(notes, Is.EqualTo(expected));
        Assert.That(PublishMark.CheckpointIn(notes), Is.EqualTo("c"));
        Assert.That(PublishMark.IsIn(notes, mark), Is.EqualTo(mark is not null));
    }

    [TestCase(null)]
    [TestCase("what is new")]
    [TestCase("PlayCanvas-Checkpoint: ")]
    [TestCase("PlayCanvas-Checkpoint: \n" + Mark)]
    [TestCase("PlayCanvas-Checkpoint: old\n" + Mark + "\n\n" + Mark)]
    [TestCase("PlayCanvas-Checkpoint: old was the last one")]
    public void Other_release_notes_name_no_checkpoint(string? releaseNotes) => Assert.That(PublishMark.CheckpointIn(releaseNotes), Is.Null);

    [TestCase("PlayCanvas-Checkpoint: old\n\nPlayCanvas-Checkpoint: new\r\n" + Mark, "new")]
    [TestCase("what is new PlayCanvas-Checkpoint: new " + Mark + " ", "new")]
    public void The_last_line_counts(string releaseNotes, string expected) => Assert.That(PublishMark.CheckpointIn(releaseNotes), Is.EqualTo(expected));

    [Test]
    public void Different_publishes_of_one_run_have_different_marks()
    {
        AppRequest[] requests =
        [
            Request,
            Request with { ProjectId = 8 },
            Request with { Name = "Other" },
            Request with { Version = "1.1" },
            Request with { Scenes = [2, 1] },
            Request with { BranchId = null },
        ];

        Assert.That(requests.Select(request => PublishMark.Of("github-1", request)), Is.Unique);
    }

    [Test]
    public void DetailsDoNotChangeTheMark()
    {
        var detailed = Request with { Description = "d", ReleaseNotes = "n", Others = new Dictionary<string, JToken> { ["scripts_minify"] = true, ["engine_version"] = "2.0.0" } };

        Assert.That(PublishMark.Of("github-1", detailed), Is.EqualTo(PublishMark.Of("github-1", Request)));
    }

    [Test]
    public void AnIdThatAnotherBeginsWithIsNotFoundInIt()
    {
        Assert.That(PublishMark.IsIn($"notes\n\n{PublishMark.Of("github-12", Request)}", PublishMark.Of("github-1", Request)), Is.False);
    }
}

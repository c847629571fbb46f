using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Api.Once;

namespace PlayCanvas.Build.Tests.Api.Once;

/// <summary>
/// Tests whether a record is recognized as the result of the request, as that of another request, or as ambiguous.
/// When the request was sent at noon, builds up to 70 and apps up to 5 existed.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class RecordComparisonTests
{
    private const string ServiceSettings =
        """
        {"name":"Game","version":"1.0","scenes":[{"id":1,"name":"Main"},{"id":2,"name":"Level 2"}],"format":"playcanvas","release_notes":"notes",
         "scripts_concatenate":false,"scripts_minify":false,"scripts_sourcemaps":false,"optimize_scene_format":false}
        """;

    private static readonly AppRequest Request = new() { ProjectId = 7, Name = "Game", Version = "1.0", Scenes = [1, 2], BranchId = "main-id", ReleaseNotes = "notes" };

    private static readonly string Mark = PublishMark.Of("test", Request);

    private static readonly AppIntent Publish = new()
    {
        Request = Request,
        AskedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        HighestBuildId = 70,
        HighestAppId = 5,
    };

    private static readonly AppIntent Download = Publish with { Type = BuildType.Download, HighestAppId = null };

    [TestCase("scenes", """[{"id":1,"name":"Main"},{"id":2,"name":"Level 2"}]""", nameof(Likeness.Same), TestName = "{m}(scenes as objects)")]
    [TestCase("scenes", """[{"id":"1","name":"other"},{"id":"2"}]""", nameof(Likeness.Same), TestName = "{m}(scenes with ids as text and other names)")]
    [TestCase("scenes", "[1,2]", nameof(Likeness.Same), TestName = "{m}(scenes as numbers)")]
    [TestCase("scenes", """["1","2"]""", nameof(Likeness.Same), TestName = "{m}(scenes as text)")]
    [TestCase("scenes", "[2,1]", nameof(Likeness.Undecided), TestName = "{m}(scenes in another order)")]
    [TestCase("scenes", """["Main","Level 2"]""", nameof(Likeness.Undecided), TestName = "{m}(scenes by name)")]
    [TestCase("scenes", """[{"name":"Main"}]""", nameof(Likeness.Undecided), TestName = "{m}(scenes without ids)")]
    [TestCase("scenes", "[null]", nameof(Likeness.Undecided), TestName = "{m}(a null among the scenes)")]
    [TestCase("scenes", "null", nameof(Likeness.Undecided), TestName = "{m}(scenes null)")]
    [TestCase("scenes", "\"1,2\"", nameof(Likeness.Undecided), TestName = "{m}(scenes as one text)")]
    [TestCase("scenes", "[1]", nameof(Likeness.Different), TestName = "{m}(fewer scenes)")]
    [TestCase("scenes", """[{"id":1},{"id":3}]""", nameof(Likeness.Different), TestName = "{m}(other scenes)")]
    [TestCase("version", "1.0", nameof(Likeness.Undecided), TestName = "{m}(the version as a number)")]
    [TestCase("version", "\" 1.0\"", nameof(Likeness.Same), TestName = "{m}(white space around the version)")]
    [TestCase("version", "null", nameof(Likeness.Undecided), TestName = "{m}(version null)")]
    [TestCase("version", "\"\"", nameof(Likeness.Undecided), TestName = "{m}(version empty)")]
    [TestCase("version", "\"1\"", nameof(Likeness.Different), TestName = "{m}(another version that ours begins with)")]
    [TestCase("name", "\"game\"", nameof(Likeness.Different), TestName = "{m}(another name)")]
    [TestCase("name", "null", nameof(Likeness.Undecided), TestName = "{m}(name null)")]
    [TestCase("release_notes", "\"others\"", nameof(Likeness.Different), TestName = "{m}(other release notes)")]
    [TestCase("release_notes", "null", nameof(Likeness.Undecided), TestName = "{m}(release notes null)")]
    [TestCase("release_notes", "{}", nameof(Likeness.Undecided), TestName = "{m}(release notes of another shape)")]
    [TestCase("description", "\"what the service fills in\"", nameof(Likeness.Same), TestName = "{m}(a description that was not sent)")]
    [TestCase("scripts_minify", "true", nameof(Likeness.Same), TestName = "{m}(a switch that was not sent)")]
    public void ASettingIsComparedAsFarAsItCanBe(string field, string value, string expected)
    {
        var settings = JObject.Parse(ServiceSettings);
        settings[field] = JToken.Parse(value);

        Assert.That(Compare(Publish, Build(settings)), Is.EqualTo(Enum.Parse<Likeness>(expected)));
    }

    [Test]
    public void ATextThatLooksLikeATimeIsComparedAsText()
    {
        const string time = "2026-03-01T12:00:00+01:00";
        var settings = JObject.Parse(ServiceSettings);
        settings["version"] = new JValue(time);

        Assert.That(Compare(Publish with { Request = Request with { Version = time } }, Build(settings)), Is.EqualTo(Likeness.Same));
    }

    [TestCase("scenes")]
    [TestCase("version")]
    [TestCase("name")]
    [TestCase("release_notes")]
    public void ASettingThatIsMissingSaysNothing(string field)
    {
        var settings = JObject.Parse(ServiceSettings);
        settings.Remove(field);

        Assert.That(Compare(Publish, Build(settings)), Is.EqualTo(Likeness.Undecided));
    }

    [TestCase("null")]
    [TestCase("\"text\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void SettingsThatCannotBeReadSayNothing(string settings) =>
        Assert.That(Compare(Publish, Build(JToken.Parse(settings))), Is.EqualTo(Likeness.Undecided));

    [Test]
    public void A_switch_that_the_service_records_differently_decides_nothing()
    {
        var intent = Publish with { Request = Request with { Others = new Dictionary<string, JToken> { ["scripts_minify"] = true } } };

        Assert.That(Compare(intent, Build(JObject.Parse(ServiceSettings))), Is.EqualTo(Likeness.Undecided));
    }

    [Test]
    public void ATextThatTheServiceShortensSaysNothing()
    {
        var intent = Publish with { Request = Request with { ReleaseNotes = new string('n', 500) } };
        var settings = JObject.Parse(ServiceSettings);
        settings["release_notes"] = new string('n', 100) + "…";

        Assert.That(Compare(intent, Build(settings)), Is.EqualTo(Likeness.Undecided));
    }

    [TestCase("static", nameof(Likeness.Same))]
    [TestCase("npm", nameof(Likeness.Undecided))]
    [TestCase(null, nameof(Likeness.Undecided))]
    public void ADownloadWithoutAFormatIsAStaticOne(string? format, string expected)
    {
        var settings = JObject.Parse(ServiceSettings);
        settings["format"] = format;

        Assert.That(Compare(Download, Build(settings)), Is.EqualTo(Enum.Parse<Likeness>(expected)));
    }

    [TestCase("source", """{"type":"api"}""", nameof(Likeness.Same))]
    [TestCase("source", """{"type":"editor"}""", nameof(Likeness.Undecided))]
    [TestCase("source", "null", nameof(Likeness.Same))]
    [TestCase("branch", """{"id":"MAIN-ID"}""", nameof(Likeness.Same))]
    [TestCase("branch", """{"id":"other-id"}""", nameof(Likeness.Different))]
    [TestCase("branch", """{"name":"main"}""", nameof(Likeness.Undecided))]
    [TestCase("branch", "null", nameof(Likeness.Undecided))]
    [TestCase("app_id", "5", nameof(Likeness.Different))]
    [TestCase("app_id", "\"6\"", nameof(Likeness.Same))]
    [TestCase("id", "70", nameof(Likeness.Different))]
    [TestCase("id", "\"71\"", nameof(Likeness.Same))]
    public void ARecordIsComparedByMoreThanItsSettings(string field, string value, string expected)
    {
        var build = JObject.Parse(Build(JObject.Parse(ServiceSettings)));
        build[field] = JToken.Parse(value);

        Assert.That(Compare(Publish, build.ToString()), Is.EqualTo(Enum.Parse<Likeness>(expected)));
    }

    [TestCase("80", "2026-03-01T11:00:00Z", nameof(Likeness.Same), TestName = "{m}(a newer id beats a clock that is slow)")]
    [TestCase("build-80", "2026-03-01T11:59:59Z", nameof(Likeness.Same), TestName = "{m}(without a number: the time)")]
    [TestCase("build-80", "2026-03-01T11:59:57Z", nameof(Likeness.Different), TestName = "{m}(without a number: an older time)")]
    [TestCase("build-80", null, nameof(Likeness.Same), TestName = "{m}(without a number and a time)")]
    [TestCase("build-80", "yesterday", nameof(Likeness.Same), TestName = "{m}(without a number, and with a time that is not one)")]
    public void ARecordIsNewByItsIdOrElseByItsTime(string id, string? createdAt, string expected)
    {
        var build = JObject.Parse(Build(JObject.Parse(ServiceSettings)));
        (build["id"], build["created_at"]) = (id, createdAt);

        Assert.That(Compare(Publish, build.ToString()), Is.EqualTo(Enum.Parse<Likeness>(expected)));
    }

    [Test]
    public void The_branch_is_not_asked_for_where_a_record_differs_anyway()
    {
        var comparison = new RecordComparison(Publish, () => throw new AssertionException("The comparison must not request the branch."));
        var settings = JObject.Parse(ServiceSettings);
        settings["name"] = "Other";

        Assert.That(comparison.Of(ApiJson.Read<BuildRecord>(Build(settings))), Is.EqualTo(Likeness.Different));
    }

    [Test]
    public void AMarkIsFoundWhateverElseDiffers()
    {
        var settings = new JObject { ["name"] = "Renamed", ["release_notes"] = $"notes {Mark} <br>" };

        Assert.That(Compare(Publish with { Mark = Mark }, Build(settings)), Is.EqualTo(Likeness.Marked));
    }

    [Test]
    public void A_mark_of_an_older_build_is_not_that_of_this_request()
    {
        var build = JObject.Parse(Build(new JObject { ["release_notes"] = Mark }));
        build["id"] = 70;

        Assert.That(Compare(Publish with { Mark = Mark }, build.ToString()), Is.EqualTo(Likeness.Different));
    }

    [Test]
    public void With_a_mark_release_notes_without_it_are_anothers()
    {
        Assert.That(Compare(Publish with { Mark = Mark }, Build(JObject.Parse(ServiceSettings))), Is.EqualTo(Likeness.Different));
    }

    [TestCase(6, "Game", "1.0", "notes", nameof(Likeness.Undecided))]
    [TestCase(6, "Game", "1.0", null, nameof(Likeness.Undecided))]
    [TestCase(6, "Game", null, null, nameof(Likeness.Undecided))]
    [TestCase(5, "Game", "1.0", "notes", nameof(Likeness.Different))]
    [TestCase(6, "Other", "1.0", "notes", nameof(Likeness.Different))]
    [TestCase(6, "Game", "2.0", "notes", nameof(Likeness.Different))]
    [TestCase(6, "Game", "1.0", "others", nameof(Likeness.Different))]
    public void AnAppAloneNeverProvesThatItIsOurs(long id, string name, string? version, string? notes, string expected) =>
        Assert.That(Compare(Publish, new App { Id = id, Name = name, Version = version, ReleaseNotes = notes }), Is.EqualTo(Enum.Parse<Likeness>(expected)));

    [Test]
    public void AMarkedAppIsOurs()
    {
        var app = new App { Id = 6, Name = "Game", Version = "1.0", ReleaseNotes = (Publish with { Mark = Mark }).Body.ReleaseNotes };

        Assert.That(Compare(Publish with { Mark = Mark }, app), Is.EqualTo(Likeness.Marked));
    }

    private static Likeness Compare(AppIntent intent, string build) =>
        new RecordComparison(intent, () => intent.Request.BranchId).Of(ApiJson.Read<BuildRecord>(build));

    private static Likeness Compare(AppIntent intent, App app) => new RecordComparison(intent, () => intent.Request.BranchId).Of(app);

    private static string Build(JToken settings) => new JObject
    {
        ["id"] = 80,
        ["type"] = "publish",
        ["app_id"] = 6,
        ["branch"] = new JObject { ["id"] = "main-id" },
        ["source"] = new JObject { ["type"] = "api" },
        ["settings"] = settings,
        ["created_at"] = "2026-03-01T12:00:01Z",
    }.ToString();
}

using NUnit.Framework;
using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tests.Tasks;

[Parallelizable(ParallelScope.All)]
public sealed class PublishIdTests
{
    [TestCase("GITHUB_ACTIONS=true", "GITHUB_RUN_ID=8123", "github-8123")]
    [TestCase("TF_BUILD=True", "BUILD_BUILDID=42", "azure-42")]
    [TestCase("GITLAB_CI=true", "CI_PIPELINE_ID=7", "gitlab-7")]
    [TestCase("BITBUCKET_BUILD_NUMBER=3", "BITBUCKET_PIPELINE_UUID={5f-a}", "bitbucket-5f-a")]
    [TestCase("BUILDKITE=true", "BUILDKITE_BUILD_ID=018c-5", "buildkite-018c-5")]
    [TestCase("JENKINS_URL=https://ci.example.test/", "BUILD_TAG=jenkins-game-9", "jenkins-jenkins-game-9")]
    public void InCiTheIdIsThatOfTheRun(string sign, string id, string expected) =>
        Assert.That(Read(null, sign, id), Is.EqualTo(expected));

    [TestCase("BUILD_TAG=latest")]
    [TestCase("GITHUB_RUN_ID=8123")]
    [TestCase("JENKINS_URL=https://ci.example.test/")]
    public void A_variable_that_only_looks_like_that_of_a_CI_system_is_not_used(string variable)
    {
        string?[] ids = [Read(null, variable), Read(null, variable)];

        Assert.That(ids, Is.Unique.And.All.Match("^[0-9a-f]{32}$"));
    }

    [TestCase("job with spaces")]
    [TestCase("folder%2Fjob")]
    public void AnIdThatReleaseNotesMayNotKeepIsNotUsed(string id) =>
        Assert.That(Read(null, "JENKINS_URL=https://ci.example.test/", $"BUILD_TAG={id}"), Does.Match("^[0-9a-f]{32}$"));

    [TestCase(" release-7 ", "release-7")]
    [TestCase("https://ci.example.test/runs/5", "https://ci.example.test/runs/5")]
    [TestCase("false", null)]
    [TestCase(" False", null)]
    public void WhatIsSetBeatsTheCiRun(string value, string? expected) =>
        Assert.That(Read(value, "GITHUB_ACTIONS=true", "GITHUB_RUN_ID=8123"), Is.EqualTo(expected));

    [TestCase("two words")]
    [TestCase("ünï")]
    [TestCase("a\nb")]
    public void AnIdWithOtherCharactersIsRefused(string value) =>
        Assert.That(() => Read(value), Throws.TypeOf<DiagnosticException>().With.Property("Diagnostic").Property("Code").EqualTo("PLAYCANVAS1030"));

    [Test]
    public void AnIdThatIsTooLongIsRefused() =>
        Assert.That(() => Read(new string('x', PublishMark.MaxIdLength + 1)), Throws.TypeOf<DiagnosticException>());

    private static string? Read(string? value, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return PublishIdSetting.Read(value, name => environment.GetValueOrDefault(name));
    }
}

using System.Net.Http.Headers;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class AccessTests : SandboxFixture
{
    [TestCase(null)]
    [TestCase("Bearer wrong")]
    [TestCase("Basic c2FuZGJveDp0b2tlbg==")]
    public async Task WithoutARightTokenTheAnswerIs401(string? authorization)
    {
        Api.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        using var response = await Api.GetAsync($"projects/{World.ProjectId}/apps");

        Assert.That((int)response.StatusCode, Is.EqualTo(401));
        Assert.That(Error(await ReadAsync(response)), Is.EqualTo("Unauthorized"));
    }

    [Test]
    public async Task AnotherAccountsProjectIsForbidden()
    {
        using var response = await Api.GetAsync($"projects/{World.ForeignProjectId}/apps");

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task AnotherAccountsAppIsForbidden()
    {
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.StrangerAccessToken);

        using var response = await Api.GetAsync($"apps/{Server.World.Apps[0].Id}");

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task OldProgramsMaySendTheTokenInTheQuery()
    {
        Api.DefaultRequestHeaders.Authorization = null;

        using var response = await Api.GetAsync($"projects/{World.ProjectId}/branches?access_token={SandboxOptions.DefaultAccessToken}");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }
}

using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>Tests the content of requests, and which servers receive the token.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RequestTests : IDisposable
{
    private readonly ApiHarness api = new();

    public void Dispose() => api.Dispose();

    [Test]
    public void TheApiGetsTheToken()
    {
        api.Server.Next(Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests.Single().Authorization, Is.EqualTo("Bearer " + ApiHarness.Token));
    }

    [TestCase("https://storage.example.test/game.zip?signature=1", TestName = "A signed address gets no token")]
    [TestCase("https://api.example.test/api/game.zip?signature=1", TestName = "A signed address on the API's origin gets no token")]
    [TestCase("https://user:password@api.example.test/api/game.zip", TestName = "A signed address with a user gets no token")]
    public void ASignedAddressGetsNoToken(string address)
    {
        api.Server.Next(Replies.Json("{}"));

        api.Fetch(address);

        Assert.That(api.Server.Requests.Single().Authorization, Is.Null);
    }

    [TestCase("http://api.example.test/api")]
    [TestCase("ftp://127.0.0.1/api")]
    public void AnInsecureAddressIsRefused(string address)
    {
        using var insecure = new ApiHarness { Address = address };

        Assert.That(() => insecure.Connection, Throws.ArgumentException);
    }

    [TestCase("GET", true)]
    [TestCase("HEAD", true)]
    [TestCase("POST", false)]
    [TestCase("PUT", false)]
    [TestCase("PATCH", false)]
    [TestCase("DELETE", false)]
    public void AConnectionThatOnlyReadsRefusesTheOtherMethods(string method, bool isSent)
    {
        using var reader = new ApiHarness { IsReadOnly = true };
        reader.Server.Next(Replies.Json("{}"));

        Assert.That(
            () => reader.Connection.Send(new ApiRequest(new HttpMethod(method), "thing"), CancellationToken.None),
            isSent ? Throws.Nothing : Throws.TypeOf<InvalidOperationException>());
        Assert.That(reader.Server.Requests, Has.Count.EqualTo(isSent ? 1 : 0));
    }

    [Test]
    public void EachRouteThatChangesSomethingIsRefused()
    {
        using var reader = new ApiHarness { IsReadOnly = true };

        Assert.Multiple(() =>
        {
            Assert.That(() => reader.Client.RequestDownload(new AppRequest(), CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
            Assert.That(() => reader.Client.PublishApp(new AppRequest(), CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
            Assert.That(() => reader.Client.CreateCheckpoint(new CheckpointRequest(), CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
            Assert.That(() => reader.Client.SetPrimaryApp(1, 2, CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
            Assert.That(() => reader.Client.DeleteApp(1, CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
            Assert.That(() => reader.Client.DeleteBuild(1, "2", CancellationToken.None), Throws.TypeOf<InvalidOperationException>());
        });
        Assert.That(reader.Server.Requests, Is.Empty);
    }

    [TestCase("http://127.0.0.1:5000/api")]
    [TestCase("http://localhost/api")]
    [TestCase("http://[::1]/api")]
    public void ThisMachineMayBeAskedByHttp(string address)
    {
        using var local = new ApiHarness { Address = address };
        local.Server.Next(Replies.Json("{}"));

        local.Get<JObject>();

        Assert.That(local.Server.Requests.Single().Authorization, Is.EqualTo("Bearer " + ApiHarness.Token));
    }

    [TestCase("https://api.example.test/api")]
    [TestCase("https://api.example.test/api/")]
    public void PathsStartAtTheBaseAddress(string address)
    {
        using var other = new ApiHarness { Address = address };
        other.Server.Next(Replies.Json("{}"));

        other.Get<JObject>("apps/1");

        Assert.That(other.Server.Requests.Single().Uri.AbsoluteUri, Is.EqualTo("https://api.example.test/api/apps/1"));
    }

    [Test]
    public void TheUserAgentNamesProductAndVersion()
    {
        api.Server.Next(Replies.Json("{}"));

        api.Get<JObject>();

        Assert.That(api.Server.Requests.Single().Header("User-Agent"), Is.EqualTo("PlayCanvas.Build/1.2.3"));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public void BodiesAreJson(string method)
    {
        api.Server.Next(Replies.Json("{}"));

        api.Connection.Send(new ApiRequest(new HttpMethod(method), "thing") { Body = new { name = "x" } }, CancellationToken.None);

        var sent = api.Server.Requests.Single();
        Assert.That(sent.Header("Content-Type"), Does.StartWith("application/json"));
        Assert.That(sent.Body, Is.EqualTo("""{"name":"x"}"""));
    }

    [Test]
    public void AskingForAJobSaysThatItSpeaksJson()
    {
        // The service has been observed to return 500 without this header.
        api.Server.Next(Replies.Json("{}"));

        api.Client.GetJob("1", CancellationToken.None);

        var sent = api.Server.Requests.Single();
        Assert.That(sent.Header("Content-Type"), Does.StartWith("application/json"));
        Assert.That(sent.Body, Is.Empty);
    }

    [Test]
    public void AnotherGetHasNoContent()
    {
        api.Server.Next(Replies.Json("{}"));

        api.Client.GetApp(1, CancellationToken.None);

        Assert.That(api.Server.Requests.Single().Header("Content-Type"), Is.Null);
    }

    [Test]
    public void WhatIsNullIsNotSent()
    {
        api.Server.Next(Replies.Json("""{"id":1,"messages":[]}"""));

        api.Client.RequestDownload(new AppRequest { ProjectId = 7, Name = "Game", Scenes = [1, 2], Others = new Dictionary<string, JToken> { ["scripts_minify"] = false } }, CancellationToken.None);

        Assert.That(
            api.Server.Requests.Single().Body,
            Is.EqualTo("""{"project_id":7,"name":"Game","scenes":[1,2],"scripts_minify":false}"""));
    }

    [Test]
    public void All_fields_are_sent_by_the_names_that_the_service_knows()
    {
        api.Server.Next(Replies.Json("""{"id":1,"messages":[]}"""));
        var request = new AppRequest
        {
            ProjectId = 7,
            Name = "Game",
            Scenes = [1],
            BranchId = "b",
            Description = "d",
            Version = "1.0",
            ReleaseNotes = "n",
            Format = "static",
            Others = new Dictionary<string, JToken>
            {
                ["engine_version"] = "2.20.6",
                ["preload_bundle"] = true,
            },
        };

        api.Client.RequestDownload(request, CancellationToken.None);

        Assert.That(
            string.Join(" ", JObject.Parse(api.Server.Requests.Single().Body).Properties().Select(field => field.Name)),
            Is.EqualTo("project_id name scenes branch_id description version release_notes format engine_version preload_bundle"));
    }

    [Test]
    public void A_query_is_escaped_and_leaves_out_what_has_no_value()
    {
        api.Server.Next(Replies.Json("{}"));

        api.Connection.Send(
            new ApiRequest(HttpMethod.Get, "thing") { Query = [("a", "x&y=ü"), ("b", null), ("c", -1)] }, CancellationToken.None);

        Assert.That(api.Server.Requests.Single().Query, Is.EqualTo("?a=x%26y%3D%C3%BC&c=-1"));
    }

    [Test]
    public void Disposing_of_the_connection_disposes_of_its_handler()
    {
        api.Connection.Dispose();

        Assert.That(api.Server.IsDisposed, Is.True);
    }

    [Test]
    public void ATokenDoesNotShowItself()
    {
        Assert.That($"{new AccessToken(ApiHarness.Token)}", Does.Not.Contain(ApiHarness.Token));
    }
}

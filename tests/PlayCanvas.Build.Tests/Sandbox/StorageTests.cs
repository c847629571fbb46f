using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Sandbox;

public class StorageTests : SandboxFixture
{
    [Test]
    public async Task AnAddressExpiresAndTheJobGivesAFreshOne()
    {
        var job = await DownloadJobAsync(AppBody());
        Clock.Advance(Server.Options.DownloadUrlLifetime);
        using var expired = await Storage.GetAsync((string?)job["data"]!["download_url"]);
        var again = await GetAsync($"jobs/{job["id"]}");
        using var fresh = await Storage.GetAsync((string?)again["data"]!["download_url"]);

        Assert.That((int)expired.StatusCode, Is.EqualTo(403));
        Assert.That((int)fresh.StatusCode, Is.EqualTo(200));
    }

    [TestCase("signature=", "signature=0")]
    [TestCase("expires=1", "expires=9")]
    [TestCase("?", "#")]
    public async Task AnAddressThatWasTamperedWithIsRefused(string old, string changed)
    {
        var url = await DownloadUrlAsync();

        using var response = await Storage.GetAsync(url.Replace(old, changed, StringComparison.Ordinal));

        Assert.That((int)response.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task ATokenOnTheSecondOriginIsLoudlyRefused()
    {
        var url = await DownloadUrlAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxOptions.DefaultAccessToken);
        Assert.That(Server.LeakedAuthorization, Is.False);

        using var response = await Storage.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(Server.LeakedAuthorization, Is.True);
        Assert.That(Server.Requests.Of(Origin.Storage).Single().Headers["Authorization"], Does.StartWith("Bearer"));
    }

    [TestCase(0L, 9L)]
    [TestCase(10L, null)]
    [TestCase(null, 10L)]
    public async Task ARangeIsAPartOfTheWhole(long? from, long? to)
    {
        var url = await DownloadUrlAsync();
        var whole = await Storage.GetByteArrayAsync(url);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(from, to) } };
        using var response = await Storage.SendAsync(request);

        var first = from ?? whole.Length - to!.Value;
        var last = from is null ? whole.Length - 1 : to ?? whole.Length - 1;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(response.Content.Headers.ContentRange!.ToString(), Is.EqualTo($"bytes {first}-{last}/{whole.Length}"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(whole[(int)first..(int)(last + 1)]));
    }

    [Test]
    public async Task SeveralConnectionsMakeUpTheWhole()
    {
        var url = await DownloadUrlAsync();
        var whole = await Storage.GetByteArrayAsync(url);
        var parts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async part =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url)
            {
                Headers = { Range = new RangeHeaderValue(whole.Length * part / 4, (whole.Length * (part + 1) / 4) - 1) },
            };
            using var response = await Storage.SendAsync(request);
            return await response.Content.ReadAsByteArrayAsync();
        }));

        Assert.That(parts.SelectMany(part => part), Is.EqualTo(whole));
    }

    [Test]
    public async Task ARangeBeyondTheEndIs416()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await DownloadUrlAsync()) { Headers = { Range = new RangeHeaderValue(100_000_000, null) } };
        using var response = await Storage.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(416));
    }

    [Test]
    public async Task ARangeOfAnotherVersionGetsTheWhole()
    {
        var url = await DownloadUrlAsync();
        using var head = await Storage.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var same = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(0, 9), IfRange = new RangeConditionHeaderValue(head.Headers.ETag!) } };
        using var other = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(0, 9), IfRange = new RangeConditionHeaderValue("\"other\"") } };
        using var part = await Storage.SendAsync(same);
        using var whole = await Storage.SendAsync(other);

        Assert.That((int)part.StatusCode, Is.EqualTo(206));
        Assert.That((int)whole.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task HEADTellsWhatGETWouldSend()
    {
        var url = await DownloadUrlAsync();
        using var head = await Storage.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        var whole = await Storage.GetByteArrayAsync(url);

        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(whole.Length));
        Assert.That(head.Headers.ETag, Is.Not.Null);
        Assert.That(head.Headers.AcceptRanges.Single(), Is.EqualTo("bytes"));
        Assert.That(head.Content.Headers.LastModified, Is.EqualTo(Start.AddMilliseconds(-500)));
    }

    [Test]
    public async Task WhatIsUnchangedIs304()
    {
        var url = await DownloadUrlAsync();
        using var head = await Storage.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { head.Headers.ETag! } } };
        using var response = await Storage.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(304));
    }

    [Test]
    public async Task AServerWithoutRangesSendsTheWhole()
    {
        Server.Options.SupportsRanges = false;
        using var request = new HttpRequestMessage(HttpMethod.Get, await DownloadUrlAsync()) { Headers = { Range = new RangeHeaderValue(0, 9) } };
        using var response = await Storage.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Headers.AcceptRanges, Is.Empty);
    }

    [Test]
    public async Task TheTwoOriginsDiffer()
    {
        Assert.That((await DownloadUrlAsync()), Does.StartWith(Server.StorageUrl.AbsoluteUri));
        Assert.That(Server.ApiUrl.Port, Is.Not.EqualTo(Server.StorageUrl.Port));
        Assert.That(Server.ApiUrl.AbsoluteUri, Does.EndWith("/api"));
    }
}

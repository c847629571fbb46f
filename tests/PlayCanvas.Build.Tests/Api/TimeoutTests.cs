using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

/// <summary>Tests that the client gives up on a silent server, and distinguishes that from a cancelled build.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TimeoutTests : IDisposable
{
    private readonly ApiHarness api = new() { MaxRetries = 0, RequestTimeout = TimeSpan.FromMilliseconds(50) };

    public void Dispose() => api.Dispose();

    [Test]
    public void NoHeadersInTime()
    {
        api.Server.Next(Replies.Never);

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiTimeoutException>().With.Property("Timeout").EqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public void NoMoreOfTheBodyInTime()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Stalling("{"u8.ToArray())));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiTimeoutException>());
    }

    [Test]
    public void ABodyThatGoesOnSlowlyIsReadToItsEnd()
    {
        var pieces = new Queue<byte[]>([.. """{"id":1}"""u8.ToArray().Select(letter => new[] { letter })]);
        using var slow = new ApiHarness { MaxRetries = 0, RequestTimeout = TimeSpan.FromSeconds(5) };
        slow.Server.Next(Replies.Body(new ScriptedStream(async (buffer, token) =>
        {
            await Task.Yield();
            return pieces.TryDequeue(out var piece) && piece.AsMemory().TryCopyTo(buffer) ? piece.Length : 0;
        })));

        Assert.That((int?)slow.Get<JObject>()["id"], Is.EqualTo(1));
    }

    [Test]
    public void AnErrorWhoseBodyStallsKeepsItsStatus()
    {
        api.Server.Next(Replies.Body(ScriptedStream.Stalling("{"u8.ToArray()), status: 404));

        Assert.That(() => api.Get<JObject>(), Throws.TypeOf<ApiResponseException>());
    }
}

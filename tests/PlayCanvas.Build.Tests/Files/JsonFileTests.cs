using Newtonsoft.Json;
using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JsonFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void What_was_written_is_read()
    {
        var path = folder.File("file.json");
        JsonFile.Write(path, new Record { Number = 7 });
        Assert.That(JsonFile.TryRead<Record>(path), Is.EqualTo(new Record { Number = 7 }));
    }

    [Test]
    public void A_missing_file_is_null() => Assert.That(JsonFile.TryRead<Record>(folder.File("file.json")), Is.Null);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("\0\0\0\0")]
    [TestCase("{}", Description = "The required member is missing.")]
    [TestCase("{\"Number\": \"many\"}")]
    [TestCase("{\"Number\": 99999999999999999999}", Description = "Json.NET throws OverflowException or JsonException, depending on the number.")]
    [TestCase("{\"Number\": 4294967296}")]
    public void Unreadable_content_is_null(string content) => Assert.That(JsonFile.TryRead<Record>(folder.Write("file.json", content)), Is.Null);

    private sealed record Record
    {
        [JsonProperty(Required = Required.Always)]
        public int Number { get; init; }
    }
}

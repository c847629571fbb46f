using Newtonsoft.Json.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Exports;

[Parallelizable(ParallelScope.All)]
public sealed class ConfigTextTests
{
    private const string Text = """{"z":1.50,"assets":{"1":{"a":[1,{"b":"},{"}]},"2": null,"3":7 ,"4":{}},"scenes":[{"assets":{"1":{}}}]}""";

    private static readonly string[] Ends = ["\n", "\r\n", "\r"];

    [TestCase(Text, "", Text)]
    [TestCase(Text, "0", """{"z":1.50,"assets":{"2": null,"3":7 ,"4":{}},"scenes":[{"assets":{"1":{}}}]}""")]
    [TestCase(Text, "1", """{"z":1.50,"assets":{"1":{"a":[1,{"b":"},{"}]},"3":7 ,"4":{}},"scenes":[{"assets":{"1":{}}}]}""")]
    [TestCase(Text, "3", """{"z":1.50,"assets":{"1":{"a":[1,{"b":"},{"}]},"2": null,"3":7},"scenes":[{"assets":{"1":{}}}]}""")]
    [TestCase(Text, "0,1,2", """{"z":1.50,"assets":{"4":{}},"scenes":[{"assets":{"1":{}}}]}""")]
    [TestCase(Text, "0,1,2,3", """{"z":1.50,"assets":{},"scenes":[{"assets":{"1":{}}}]}""")]
    [TestCase("""{"assets":[{"id":1},{"id":2},{"id":3}]}""", "0,2", """{"assets":[{"id":2}]}""")]
    [TestCase("""{"assets":{"1":1,"2":2},"assets":{"3":3,"4":4}}""", "0,3", """{"assets":{"2":2},"assets":{"3":3}}""")]
    [TestCase("""{"assets":{"1":1,"1":2}}""", "1", """{"assets":{"1":1}}""")]
    [TestCase("""{"assets":null}""", "", """{"assets":null}""")]
    [TestCase("""{"assets":{}}""", "", """{"assets":{}}""")]
    public void Assets_are_taken_out_and_all_else_stays(string text, string indexes, string rest) => Assert.That(Without(text, indexes), Is.EqualTo(rest));

    [Test]
    public void Lines_end_in_any_way([ValueSource(nameof(Ends))] string end)
    {
        var text = string.Join(end, "{ // a comment, with a comma", "\"a\": \"x\u2028y\",", "\t\"assets\": {", "\"1\": {", "},", "\"2\": {", "},", "\"3\": {}", "}", "}", "");
        var rest = string.Join(end, "{ // a comment, with a comma", "\"a\": \"x\u2028y\",", "\t\"assets\": {", "\"2\": {", "}", "}", "}", "");

        Assert.That(Without(text, "0,2").Replace(end + end, end, StringComparison.Ordinal), Is.EqualTo(rest));
    }

    [TestCase(0, "\"1\":{\"a\":[1,{\"b\":\"},{\"}]}")]
    [TestCase(1, ""","2": null""")]
    [TestCase(2, ""","3":7""")]
    [TestCase(3, """ ,"4":{}""")]
    public void ARecordIsFoundByItsPosition(int index, string record) => Assert.That(new ConfigText(Text).RecordOf(index), Is.EqualTo(record));

    [TestCase("""{"assets":{"1":{"file":{"url":"a","x":[{}]},"data":2}}}""", """
        "1":{"file":,"data":2}
        """)]
    [TestCase("""{"assets":{"1":{"data":{"file":1},"file":null}}}""", """
        "1":{"data":{"file":1},"file":}
        """)]
    public void ARecordLacksTheFile(string text, string record) => Assert.That(new ConfigText(text).RecordOf(0), Is.EqualTo(record));

    /// <summary>Json.NET reads a text in pieces, after which it counts the positions anew.</summary>
    [Test]
    public void A_long_text_is_divided_as_well([Values] bool isIndented)
    {
        var assets = new JObject();
        for (var id = 0; id < 3_000; id++)
            assets[$"{id}"] = new JObject { ["name"] = new string('ä', id % 700), ["tags"] = new JArray("a,b", "}") };
        var text = new JObject { ["assets"] = assets }.ToString(isIndented ? Newtonsoft.Json.Formatting.Indented : Newtonsoft.Json.Formatting.None);

        var rest = (JObject)JObject.Parse(Without(text, string.Join(',', Enumerable.Range(0, 3_000).Where(id => id % 3 != 1))))["assets"]!;

        Assert.That(rest.Properties().Select(property => property.Name), Is.EqualTo(Enumerable.Range(0, 1_000).Select(id => $"{(3 * id) + 1}")));
        Assert.That(rest.Properties().Select(property => property.Value), Is.EqualTo(rest.Properties().Select(property => assets[property.Name])).Using<JToken>(JToken.DeepEquals));
    }

    [TestCase("""{"assets": [null, 1, "a", [], {}]}""", 5)]
    [TestCase("""{"assets": {"1": null, "2": [], "3": 4, "4": "x"}}""", 4)]
    [TestCase("""{"assets": "text"}""", 0)]
    public void The_positions_are_those_of_the_configuration(string text, int count)
    {
        Assert.That(GameConfig.Parse(new StringReader(text)).Assets, Has.Count.EqualTo(count));
        Assert.That(() => new ConfigText(text).RecordOf(count), Throws.TypeOf<ArgumentOutOfRangeException>());
        if (count > 0)
            Assert.That(new ConfigText(text).RecordOf(count - 1), Is.Not.Empty);
    }

    private static string Without(string text, string indexes) => new ConfigText(text).Without([.. indexes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
}

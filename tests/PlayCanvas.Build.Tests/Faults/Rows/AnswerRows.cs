using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Responses that are invalid, or have an unexpected shape.</summary>
internal static class AnswerRows
{
    private const string Page = "<!doctype html><title>Sign in</title>";

    private static readonly (string Name, string Body)[] NoAnswers =
    [
        ("nothing", ""), ("a page", Page), ("broken JSON", """{"result":[{"id":}]}"""), ("null", "null"), ("a list", "[]"), ("a text", "\"text\""), ("a number", "7"),
        ("nested without end", new string('[', 100_000)),
    ];

    private static readonly (string Name, JsonNode? Value)[] WrongLists =
    [
        ("an object", new JsonObject { ["id"] = 1 }), ("a text", "none"), ("a list of texts", new JsonArray("Main")), ("a list of lists", new JsonArray(new JsonArray())),
        ("ids that are objects", new JsonArray(new JsonObject { ["id"] = new JsonObject() })),
        ("ids beyond all numbers", new JsonArray(new JsonObject { ["id"] = 1e300 })),
    ];

    private static readonly (string Name, Action<JsonObject> Change)[] HarmlessScenes =
    [
        ("ids as texts", json => Each(json, scene => scene["id"] = $"{scene["id"]}")),
        ("more fields", json => Each(json, scene => (scene["kind"], scene["tags"]) = ("new", new JsonArray(1, null)))),
        ("a null among them", json => json["result"]!.AsArray().Insert(0, null)),
        ("one without a name", json => json["result"]!.AsArray().Insert(0, new JsonObject { ["id"] = 1 })),
        ("the paging null", json => json["pagination"] = null),
    ];

    private static readonly (string Name, JsonNode? Value)[] WrongAddresses =
    [
        ("null", null), ("empty", ""), ("a number", 7), ("an object", new JsonObject()), ("relative", "/exports/1/game.zip"), ("http", "http://example.test/game.zip"),
        ("a file", "file:///etc/passwd"), ("no address", "https://["), ("a UNC path", @"\\server\share\game.zip"),
    ];

    private static readonly (string Name, Action<JsonObject> Change)[] HarmlessJobs =
    [
        ("id as a text", job => job["id"] = $"{job["id"]}"),
        ("messages null", job => job["messages"] = null),
        ("messages with a null", job => job["messages"] = new JsonArray("a word", null)),
        ("dates that are none", job => (job["created_at"], job["modified_at"]) = ("yesterday", 5)),
        ("more fields", job => (job["progress"], job["data"]!["more"]) = (0.5, new JsonArray())),
    ];

    public static IEnumerable<FaultRow> All =>
    [
        .. from answer in NoAnswers
           select Row(BuildKind.FirstDownload, $"scenes: {answer.Name}", Always(GetScenes, Json(answer.Body)), Fails("2009", api: 1)),
        .. from answer in NoAnswers
           select Row(BuildKind.Update, $"asking: {answer.Name}", Once(PostDownload, Json(answer.Body)), Well(Download + 2)),
        .. from answer in NoAnswers
           select Row(BuildKind.Update, $"job: {answer.Name}", Always(GetJob, Json(answer.Body)), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        .. from answer in NoAnswers
           select Row(BuildKind.FirstDownload, $"job: {answer.Name}, forty times", Times(40, GetJob, Json(answer.Body)), Well(Download + 40, waits: HalfAnHour)),
        .. from list in WrongLists
           select Row(BuildKind.Update, $"scenes: {list.Name}", Always(GetScenes, Fault.Rewrite(json => json["result"] = list.Value?.DeepClone())), Fails("2009", api: 1)),
        .. Downloads("scenes: no list at all", Always(GetScenes, Fault.Rewrite(json => json.Remove("result"))), Fails("1009", api: 1)),
        .. Downloads("scenes: null", Always(GetScenes, Fault.Rewrite(json => json["result"] = null)), Fails("1009", api: 1)),
        .. Downloads("scenes: ids that are null", Always(GetScenes, Fault.Rewrite(json => Each(json, scene => scene["id"] = null))), Fails("1009", api: 1)),
        .. Downloads("scenes: none of them", Always(GetScenes, Fault.Rewrite(json => json["result"] = new JsonArray())), Fails("1009", api: 1)),
        .. from scenes in HarmlessScenes
           select Row(BuildKind.FirstDownload, $"scenes: {scenes.Name}", Always(GetScenes, Fault.Rewrite(scenes.Change)), Well(Download)),
        .. Downloads("scenes: with a byte order mark", Always(GetScenes, Json("\uFEFF{\"result\":[{\"id\":2000001,\"name\":\"Main\"}]}")), Well(Download)),
        .. Downloads("scenes: called HTML", Always(GetScenes, Fault.Header("Content-Type", "text/html; charset=utf-16")), Well(Download)),

        .. Downloads("scenes: longer than it is", Once(GetScenes, Fault.Length(100_000)), Well(Download + 1, waits: 1)),
        .. Downloads("scenes: longer than it is, for ever", Always(GetScenes, Fault.Length(100_000)), Fails("2012", api: 1 + Retries, RetryPauses)),
        .. Downloads("scenes: shorter than it is", Always(GetScenes, Fault.Length(20)), Fails("2009", api: 1)),
        .. Downloads("scenes: of no length", Always(GetScenes, Fault.Length(0)), Fails("2009", api: 1)),
        .. Downloads("scenes: 40 MB of nothing", Always(GetScenes, Json(new string(' ', 40 * 1024 * 1024))), Fails("2009", api: 1)),

        .. Downloads("asking: the answer cut after it was done", Once(PostDownload, Fault.Length(10)), Well(Download + 2)),
        .. Downloads("asking: no id", Once(PostDownload, Fault.Rewrite(job => job.Remove("id"))), Well(Download + 2)),
        .. Downloads("asking: id null", Once(PostDownload, Fault.Rewrite(job => job["id"] = null)), Well(Download + 2)),
        .. Downloads("asking: id an object", Once(PostDownload, Fault.Rewrite(job => job["id"] = new JsonObject())), Well(Download + 2)),
        .. Downloads("asking: id that nobody knows", Once(PostDownload, Fault.Rewrite(job => job["id"] = "../../apps/1?")), Fails("3003", api: 4).InAll(2)),
        .. Downloads("asking: 200", Once(PostDownload, Fault.Rewrite(_ => { })), Well(Download)),

        .. from job in HarmlessJobs
           select Row(BuildKind.FirstDownload, $"job: {job.Name}", Always(GetJob, Fault.Rewrite(job.Change)), Well(Download)),
        .. from address in WrongAddresses
           select Row(BuildKind.Update, $"job: its address {address.Name}", Always(GetJob, Fault.Rewrite(job => job["data"]!["download_url"] = address.Value?.DeepClone())), Fails("3003", api: 4).InAll(2)),
        .. Downloads("job: data null", Always(GetJob, Fault.Rewrite(job => job["data"] = null)), Fails("3003", api: 4).InAll(2)),
        .. Downloads("job: data a list", Always(GetJob, Fault.Rewrite(job => job["data"] = new JsonArray(1))), Fails("3003", api: 4).InAll(2)),
        .. Downloads("job: messages a text", Always(GetJob, Fault.Rewrite(job => job["messages"] = "a word")), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
        .. Downloads("job: status a number", Always(GetJob, Fault.Rewrite(job => job["status"] = new JsonObject())), Fails("3002", 3 + LooksOfHalfAnHour, HalfAnHour)),
    ];

    private static Fault Json(string body) => Fault.Body(body, "application/json");

    private static void Each(JsonObject page, Action<JsonNode> change)
    {
        foreach (var record in page["result"]!.AsArray())
            change(record!);
    }
}

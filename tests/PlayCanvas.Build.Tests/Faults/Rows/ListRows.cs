using System.Text.Json.Nodes;
using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Lists whose pages are inconsistent, and old records.</summary>
internal static class ListRows
{
    private const string GetPrimaryApp = "GET /api/projects/*/app";

    /// <summary>The requests of a list without faults: one page, and the primary app.</summary>
    private const int Listing = 2;

    public static IEnumerable<FaultRow> All =>
    [
        Lists("apps: 503 once", Once(GetApps, Fault.Status(503)), Well(Listing + 1, waits: 1)),
        Lists("apps: 500 for ever", Always(GetApps, Fault.Status(500)), Fails("2006", 1 + Retries, RetryPauses)),
        Lists("apps: a page", Always(GetApps, Fault.Body("<html></html>", "text/html")), Fails("2009", 1)),
        Lists("apps: null", Always(GetApps, Fault.Rewrite(page => page["result"] = null)), Well(Listing)),
        Lists("apps: a null among them", Always(GetApps, Fault.Rewrite(page => page["result"]!.AsArray().Add(null))), Well(Listing)),
        Lists("apps: without paging", Always(GetApps, Fault.Rewrite(page => page.Remove("pagination"))), Well(Listing + 1)),
        Lists("apps: a total that is never reached", Always(GetApps, Fault.Rewrite(page => page["pagination"]!["total"] = 1_000_000)), Well(Listing + 1)),
        Lists("apps: the same page for ever", Always(GetApps, Fault.Body("""{"result":[{"id":1}],"pagination":{"total":9}}""", "application/json")), Well(Listing + 1)),
        Lists("apps: a negative total", Always(GetApps, Fault.Rewrite(page => page["pagination"]!["total"] = -1)), Well(Listing)),
        Lists("apps: a total beyond all numbers", Always(GetApps, Fault.Rewrite(page => page["pagination"]!["total"] = 1e300)), Fails("2009", 1)),
        Lists("apps: records with nothing in them", Always(GetApps, Fault.Body("""{"result":[{}]}""", "application/json")), Well(Listing)),
        Lists("apps: records of old", Always(GetApps, Fault.Rewrite(AsOfOld)), Well(Listing)),
        Lists("apps: sizes beyond all numbers", Always(GetApps, Fault.Rewrite(page => page["result"]![0]!["size"] = 1e300)), Fails("2009", 1)),
        Lists("primary app: 404", Always(GetPrimaryApp, Fault.Status(404)), Well(Listing)),
        Lists("primary app: 500 for ever", Always(GetPrimaryApp, Fault.Status(500)), Fails("2006", Listing + Retries, RetryPauses)),
        Lists("primary app: null", Always(GetPrimaryApp, Fault.Body("null", "application/json")), Fails("2009", Listing)),
    ];

    private static void AsOfOld(JsonObject page)
    {
        foreach (var app in page["result"]!.AsArray())
            (app!["id"], app["size"], app["completed_at"], app["thumbnails"]) = ($"{app["id"]}", "12", "long ago", null);
    }

    private static FaultRow Lists(string fault, Action<SandboxServer> script, Outcome outcome) =>
        Row(BuildKind.List, fault, script, outcome.WithoutExport().InAll(0));
}

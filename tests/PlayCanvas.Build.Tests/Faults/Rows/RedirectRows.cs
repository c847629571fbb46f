using PlayCanvas.Sandbox;
using static PlayCanvas.Build.Tests.Faults.RowBuilding;

namespace PlayCanvas.Build.Tests.Faults.Rows;

/// <summary>Redirects: to another host, to http, in a loop, to nowhere.</summary>
internal static class RedirectRows
{
    private const string TheScenes = """{"result":[{"id":2000001,"name":"Main"}]}""";

    public static IEnumerable<FaultRow> All =>
    [
        .. from status in Of(301, 302, 303, 307, 308)
           select Row(BuildKind.FirstDownload, $"scenes: {status} to another host", Moved(status), Well(Download).Stored(2, 7)),
        .. Downloads("scenes: to another path", server => server.Faults.On("GET", "/api/projects/*/scenes", Fault.Redirect("/api/projects/1234567/scenes?again")), Well(Download + 1)),
        .. Downloads("scenes: in a loop", Always(GetScenes, Fault.Redirect("/api/projects/1234567/scenes")), Fails("2011", api: 6)),
        .. Downloads("scenes: to http", Always(GetScenes, Fault.Redirect("http://example.test/scenes")), Fails("2011", api: 1)),
        .. Downloads("scenes: to another scheme", Always(GetScenes, Fault.Redirect("ftp://example.test/scenes")), Fails("2011", api: 1)),
        .. Downloads("scenes: to nowhere", Always(GetScenes, Fault.Body("", null, 302)), Fails("2004", api: 1)),
        .. Downloads("scenes: to what is no address", Always(GetScenes, Fault.Redirect("http://[")), Fails("2004", api: 1)),
        .. Downloads("asking: 302", Once(PostDownload, Fault.Redirect("/api/moved")), Well(Download + 2)),
        .. Downloads("asking: 307", Once(PostDownload, Fault.Redirect("/api/moved", 307)), Fails("2011", api: 3)),
        .. Downloads("export: to another path", Once(GetExport, Fault.Redirect("/moved.zip")), Fails("4011", Download).Stored(2, 7).InAll(2)),
        .. Downloads("export: in a loop", Always(GetExport, Fault.Redirect("/exports/again/again.zip")), Fails("4011", Download).Stored(6, 6)),
        .. Downloads("export: to http", Always(GetExport, Fault.Redirect("http://example.test/game.zip")), Fails("4011", Download).Stored(1, 1)),
    ];

    private static Action<SandboxServer> Moved(int status) => server =>
    {
        server.Faults.On("GET", "/api/projects/*/scenes", Fault.Redirect(new Uri(server.StorageUrl, "moved").AbsoluteUri, status));
        server.Faults.On("GET", "/moved", Fault.Body(TheScenes, "application/json"));
    };
}

using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Games.Sizing;

/// <summary>The size report as one HTML file, which a browser opens from the disk, without a network.</summary>
internal static class SizeReportPage
{
    private const string Resource = "PlayCanvas.Build.Games.Sizing.report.html";
    private const string DataMark = "{/* data */}";

    /// <summary>Writes the page, and the JSON file beside it.</summary>
    /// <param name="path">The full path of the page. The JSON file has the same name with another extension.</param>
    /// <param name="report">The report.</param>
    public static void Write(string path, SizeReport report)
    {
        var json = report.ToJson();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(JsonPathOf(path), json + "\n");
        AtomicFile.Write(path, Page(json));
    }

    /// <summary>Returns the full path of the JSON file beside a page.</summary>
    public static string JsonPathOf(string path) => Path.ChangeExtension(path, ".json");

    /// <summary>Returns the page with the data. Without the character <c>&lt;</c>, no name can end the element that contains the data.</summary>
    private static string Page(string json)
    {
        using var template = new StreamReader(typeof(SizeReportPage).Assembly.GetManifestResourceStream(Resource)!);
        return template.ReadToEnd().Replace(DataMark, json.Replace("<", "\\u003c"));
    }
}

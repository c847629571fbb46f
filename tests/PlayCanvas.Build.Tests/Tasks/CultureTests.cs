using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests that the tasks log, send and write the same text in every culture.</summary>
[TestFixture]
public sealed partial class CultureTests : TaskFixture
{
    /// <summary>Cultures with another calendar, another decimal separator, another minus sign, and another uppercase form of "i".</summary>
    private static readonly string[] Cultures = ["ar-SA", "th-TH", "tr-TR", "de-DE", "fa-IR", "sv-SE"];

    [TestCaseSource(nameof(Cultures))]
    public void WhatIsSaidAndSentIsTheSame(string culture)
    {
        SandboxOptions.JobDuration = TimeSpan.FromMilliseconds(1);
        var expected = Work("first");

        IReadOnlyList<string> actual;
        using (new CultureScope(culture))
            actual = Work("second");

        Assert.That(expected, Has.Some.Matches("retry # of # in #\\.# s").And.Some.Matches("as app # in #\\.# s").And.Some.Matches("# files added"));
        Assert.That(actual, Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Cultures))]
    public void TheTaskGivesTheCultureBack(string culture)
    {
        using var scope = new CultureScope(culture);
        var during = "";
        var task = Prepare(new PlayCanvasListApps());
        task.GetEnvironmentVariable = name =>
        {
            during = CultureInfo.CurrentCulture.Name;
            return EnvironmentVariables.GetValueOrDefault(name);
        };

        task.Execute();

        Assert.That((during, CultureInfo.CurrentCulture.Name), Is.EqualTo(("", culture)));
    }

    [TestCaseSource(nameof(Cultures))]
    public void TheTitleOfAProxysPageIsReadEverywhere(string culture)
    {
        using var scope = new CultureScope(culture);

        Assert.That(Build.Api.ApiJson.ReadErrorMessage("<HTML><TITLE>Sign in</TITLE></HTML>"), Is.EqualTo("Sign in"));
    }

    /// <summary>Lists, publishes and downloads, each with a request that must be repeated.</summary>
    private IReadOnlyList<string> Work(string folder)
    {
        Engine = new RecordingBuildEngine();
        Clock = new FakeClock();
        Sandbox.Requests.Clear();
        Sandbox.Faults.Clear();
        Sandbox.Faults.On("GET", $"/api/projects/{World.ProjectId}/app", Fault.Status(503));
        RunWell(new PlayCanvasListApps());
        var publish = PublishTask();
        publish.PublishId = "false";
        (publish.AppName, publish.StateDirectory, publish.AppDescription) = (folder, $"obj/{folder}", "I İ ı i");
        RunWell(publish);
        var download = DownloadTask();
        (download.GamePath, download.StoreDirectory) = (folder, $"store/{folder}");
        RunWell(download);
        return
        [
            .. Engine.HighMessages.Where(line => line.StartsWith("PlayCanvas:", StringComparison.Ordinal)).Concat(Sandbox.Requests.Where(request => request.Method == "POST").Select(request => request.Body))
                .Select(text => Numbers().Replace(text.Replace(folder, "*"), "#")),
        ];
    }

    [GeneratedRegex("[0-9a-f-]{32,36}|[0-9]+")]
    private static partial Regex Numbers();
}

using System.Net;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Hosts that do not find the site's hosting startup, and what docs/serving.md says about them.</summary>
public sealed class HostingStartupTests
{
    /// <param name="applicationName">The name of the application; <c>UseStartup</c> sets it to the name of the assembly with the class.</param>
    /// <param name="kind">The kind of site.</param>
    /// <param name="isPrevented">The value of <c>WebHostDefaults.PreventHostingStartupKey</c>.</param>
    /// <param name="expected">The status of the response for the game.</param>
    [TestCase("Served", "neither", "false", HttpStatusCode.OK)]
    [TestCase("Served", "slim", "false", HttpStatusCode.OK)]
    [TestCase("Served", "slim", "1", HttpStatusCode.NotFound)]
    [TestCase("Served", "neither", "True", HttpStatusCode.NotFound)]
    [TestCase("A name", "neither", "", HttpStatusCode.OK)]
    [TestCase("A name", "line", "", HttpStatusCode.OK)]
    [TestCase("A name", "neither", "true", HttpStatusCode.NotFound)]
    [TestCase("PlayCanvas.Hosting", "neither", "", HttpStatusCode.OK)]
    public async Task A_host(string applicationName, string kind, string isPrevented, HttpStatusCode expected)
    {
        var place = await Workshop.Variants.Value;
        var variables = place.With("ASPNETCORE_APPLICATIONNAME", applicationName);
        variables["ASPNETCORE_PREVENTHOSTINGSTARTUP"] = isPrevented;
        await using var site = await Site.StartPublishedAsync(place.PublishedFolder("Served"), "Served", variables, kind);

        using var page = await site.GetAsync("game/");

        Assert.That(page.StatusCode, Is.EqualTo(expected));
    }

    /// <summary>A web project publishes the JSON files in its folder, but the lock file belongs to the repository.</summary>
    [Test]
    public async Task The_lock_file_is_not_published()
    {
        var place = await Workshop.Variants.Value;

        Assert.That(File.Exists(place.PathOf("Served/playcanvas.lock.json")), Is.True);
        Assert.That(Directory.GetFiles(place.PublishedFolder("Served"), "*.lock.json", SearchOption.AllDirectories), Is.Empty);
    }
}

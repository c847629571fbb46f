using System.Net;

namespace PlayCanvas.Build.PackageTests.Browser;

/// <summary>Hosts that look for hosting startups in another assembly than the site's, and what docs/serving.md says about them.</summary>
public sealed class HostingStartupTests
{
    /// <param name="applicationName">The name of the application; <c>UseStartup</c> sets it to the name of the assembly with the class.</param>
    /// <param name="startups">The value of <c>WebHostDefaults.HostingStartupAssembliesKey</c>.</param>
    /// <param name="kind">The kind of site.</param>
    /// <param name="expected">The status of the response for the game.</param>
    [TestCase("A name", "", "neither", HttpStatusCode.NotFound)]
    [TestCase("A name", "", "line", HttpStatusCode.OK)]
    [TestCase("PlayCanvas.Hosting", "", "neither", HttpStatusCode.NotFound)]
    [TestCase("PlayCanvas.Hosting", "Served", "neither", HttpStatusCode.OK)]
    public async Task An_application_with_another_name(string applicationName, string startups, string kind, HttpStatusCode expected)
    {
        var place = await Workshop.Variants.Value;
        var variables = place.With("ASPNETCORE_APPLICATIONNAME", applicationName);
        variables["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = startups;
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

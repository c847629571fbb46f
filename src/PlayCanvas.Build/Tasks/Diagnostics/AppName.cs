using PlayCanvas.Build.Api;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>Names apps in a message or in a line.</summary>
internal static class AppName
{
    /// <summary>Returns the id, the name and the version, such as <c>app 12 ("Game" 1.0)</c>.</summary>
    public static string Format(App app) => $"app {app.Id} ({ApiJson.OneLine($"\"{app.Name}\" {app.Version}".TrimEnd())})";

    /// <summary>Returns the names of several apps, separated by commas.</summary>
    public static string Format(IEnumerable<App> apps) => string.Join(", ", apps.Select(Format));
}

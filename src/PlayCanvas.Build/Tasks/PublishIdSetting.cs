using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reads <c>PlayCanvasPublishId</c>, the id by which a publish is recognized.</summary>
internal static class PublishIdSetting
{
    private const string None = "false";

    /// <summary>Returns the configured id, the id of the CI run, or a random id, in this order; null when no mark is wanted.</summary>
    /// <exception cref="DiagnosticException">The id contains a character that is not allowed, or is too long.</exception>
    public static string? Read(string? value, Func<string, string?> environment)
    {
        if (OptionValues.Trimmed(value)?.Trim() is not { } id)
            return CiRun.Id(environment) ?? Guid.NewGuid().ToString("N");
        if (id.Equals(None, StringComparison.OrdinalIgnoreCase))
            return null;
        return IsUsable(id) ? id : throw new DiagnosticException(Diagnostic.PublishIdInvalid(id, PublishMark.MaxIdLength));
    }

    /// <summary>Whether an id consists of characters that the service, and programs that display release notes, leave unchanged.</summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= PublishMark.MaxIdLength && id.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or ':' or '/' or '-');
}

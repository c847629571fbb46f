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
        return PublishMark.IsId(id) ? id : throw new DiagnosticException(Diagnostic.PublishIdInvalid(id, PublishMark.MaxIdLength));
    }
}

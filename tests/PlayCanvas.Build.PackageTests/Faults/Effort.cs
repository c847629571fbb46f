using System.Globalization;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>How often something is tried: a few times with every change, and as often as the environment says in a full run.</summary>
internal static class Effort
{
    public static int Seed { get; } = Of("SEED", 1);

    public static int Of(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}

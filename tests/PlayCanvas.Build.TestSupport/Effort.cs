using System.Globalization;

namespace PlayCanvas.Build.TestSupport;

/// <summary>Says how often a test repeats something: a few times by default, and as often as an environment variable says in a full run.</summary>
internal static class Effort
{
    public static int Seed { get; } = Of("SEED", 1);

    public static int Of(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}

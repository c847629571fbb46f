using System.Globalization;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>How long and from which seed: a short run from a fixed one, unless the environment says otherwise.</summary>
internal static class FuzzOptions
{
    private const int UsualSeconds = 30;
    private const int UsualSeed = 20260301;

    /// <summary>Seconds for all fuzz tests together.</summary>
    public static int Seconds { get; } = Read("FUZZ_SECONDS") ?? UsualSeconds;

    public static int Seed { get; } = Read("FUZZ_SEED") ?? UsualSeed;

    /// <summary>The one iteration to do again, or null.</summary>
    public static int? Iteration { get; } = Read("FUZZ_ITERATION");

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

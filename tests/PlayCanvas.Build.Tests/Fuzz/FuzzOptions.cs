using System.Globalization;

namespace PlayCanvas.Build.Tests.Fuzz;

/// <summary>The options of the fuzz tests that environment variables set.</summary>
internal static class FuzzOptions
{
    private const int UsualSeed = 20260301;

    /// <summary>The number of seconds for all fuzz tests together; null for the usual number.</summary>
    public static int? Seconds { get; } = Read("FUZZ_SECONDS");

    public static int Seed { get; } = Read("FUZZ_SEED") ?? UsualSeed;

    /// <summary>The only iteration to repeat; null to run all.</summary>
    public static int? Iteration { get; } = Read("FUZZ_ITERATION");

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

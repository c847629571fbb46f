namespace PlayCanvas.Sandbox;

/// <summary>
/// The colors by which the running game is recognized in a screenshot, as #rrggbb. The background is exact; the boxes are lit and patterned, so
/// their faces are darker shades with the same order of the three channels.
/// </summary>
public static class GameColors
{
    /// <summary>The background of every scene: exact.</summary>
    public const string Background = "#1b2a49";

    /// <summary>The box in the first, third, ... scene of a project: red is its strongest channel, blue its weakest.</summary>
    public const string OrangeBox = "#ff7a1a";

    /// <summary>The box in the second, fourth, ... scene of a project: green is its strongest channel, red its weakest.</summary>
    public const string GreenBox = "#18c47a";

    internal static double[] Parse(string color) =>
        [.. Convert.FromHexString(color.AsSpan(1)).Select(channel => Math.Round(channel / 255.0, 6))];
}

using System.Diagnostics.CodeAnalysis;

namespace PlayCanvas.Build.Tasks;

/// <summary>The width that a line of the build log has without being wrapped.</summary>
internal static class ConsoleWidth
{
    /// <summary>The width of a log that is not a terminal, such as a file or the log of a CI service.</summary>
    private const int Unlimited = 160;

    private const int Narrowest = 80;

    /// <summary>The classic logger indents messages by two columns, and some terminals break a line that fills the last one.</summary>
    private const int Margin = 3;

    /// <summary>Returns the number of columns.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The width of the terminal is read; nothing is written to it.")]
    public static int OfALine()
    {
        try
        {
            return Math.Max(Console.IsOutputRedirected ? Unlimited : Console.WindowWidth, Narrowest) - Margin;
        }
        catch (Exception error) when (error is IOException or PlatformNotSupportedException)
        {
            // A process without a console, such as a node of MSBuild.
            return Unlimited - Margin;
        }
    }
}

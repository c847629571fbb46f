using System.Globalization;
using System.Reflection;

namespace PlayCanvas.Build.Tasks.Diagnostics;

/// <summary>An error or a warning: its code, and a text that says what failed and what to change.</summary>
internal sealed record DiagnosticMessage(string Code, string Text)
{
    private static readonly string RepositoryUrl = typeof(DiagnosticMessage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryUrl").Value!;

    /// <summary>The address of the page that explains the code.</summary>
    public string HelpLink => string.Format(CultureInfo.InvariantCulture, "{0}/blob/main/docs/diagnostics/{1}.md", RepositoryUrl, Code);
}

/// <summary>Ends a task with an error that says what to change.</summary>
internal sealed class DiagnosticException(DiagnosticMessage diagnostic) : Exception(diagnostic.Text)
{
    public DiagnosticMessage Diagnostic { get; } = diagnostic;
}

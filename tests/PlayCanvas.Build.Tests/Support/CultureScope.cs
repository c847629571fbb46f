using System.Globalization;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Sets another culture until it is disposed.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public CultureScope(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        // In invariant mode every culture is the invariant culture, so a test of cultures could not fail.
        Assume.That($"{1.5}{new DateTime(2026, 3, 1):d}", Is.Not.EqualTo(FormattableString.Invariant($"{1.5}{new DateTime(2026, 3, 1):d}")), "This .NET runs in invariant mode and has no cultures.");
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}

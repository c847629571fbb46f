using System.Globalization;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Another culture for as long as it is not disposed.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public CultureScope(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        // In invariant mode every culture is the invariant one, and such a test could not fail.
        Assume.That($"{1.5}{new DateTime(2026, 3, 1):d}", Is.Not.EqualTo(FormattableString.Invariant($"{1.5}{new DateTime(2026, 3, 1):d}")), "this .NET has no cultures");
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}

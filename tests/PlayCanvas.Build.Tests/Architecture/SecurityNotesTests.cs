using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class SecurityNotesTests
{
    [Test]
    public void TheTestsThatHoldAGuardAreThere()
    {
        var named = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md")), @"\b\w+Tests\b").Select(match => match.Value).Distinct();
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);

        Assert.That(named, Is.Not.Empty.And.SubsetOf(there));
    }
}

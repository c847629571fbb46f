using NUnit.Framework;
using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Tasks;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ShortVersionTests
{
    [TestCase("1.0.0", "1.0.0")]
    [TestCase("1.2.3-rc.1+01234567", "1.2.3-rc.1+01234567", TestName = "Build metadata stays where there is room for it")]
    [TestCase("12345678901234567890", "12345678901234567890", TestName = "20 characters are not too many")]
    [TestCase("1.2.3-rc.1+012345678901234567890123456789", "1.2.3-rc.1", TestName = "Build metadata goes first")]
    [TestCase("1.2.3-rc.1+a+012345678901234567890123456789", "1.2.3-rc.1", TestName = "Build metadata begins at the first plus")]
    public void AVersionThatFitsIsTaken(string version, string expected)
    {
        Assert.That(ShortVersion.Of(version), Is.EqualTo(new ShortVersion(expected, HasDigest: false)));
    }

    [TestCase("1.3.1-feature-branch.27", "1.3.1-featu-6a7443e5")]
    [TestCase("1.3.1-feature-branch.27+0123456", "1.3.1-featu-[0-9a-f]{8}")]
    [TestCase("1.3.1-prev.-------------", "1.3.1-prev-[0-9a-f]{8}", TestName = "No separator stands in front of the digest")]
    [TestCase("+12345678901234567890", "\\+1234567890-[0-9a-f]{8}", TestName = "There is always something left")]
    [TestCase("---------------------", "-[0-9a-f]{8}", TestName = "Separators only")]
    public void AnyOtherEndsInADigest(string version, string pattern)
    {
        var form = ShortVersion.Of(version);

        Assert.That(form.Text, Does.Match($"^{pattern}$"));
        Assert.That(form.Text, Has.Length.AtMost(AppRequest.MaxVersion));
        Assert.That(form.HasDigest, Is.True);
    }

    [Test]
    public void DifferentVersionsStayDifferent()
    {
        string[] versions =
        [
            "1.3.1",
            "1.3.1-feature-branch",
            "1.3.1-feature-branch.2",
            .. Enumerable.Range(0, 1000).Select(i => $"1.3.1-feature-branch.{i}"),
            .. Enumerable.Range(0, 1000).Select(i => $"1.3.1-feature-other.{i}"),
            .. Enumerable.Range(0, 1000).Select(i => $"20261130.1234567.{i}-main"),
            "1.3.1-Feature-branch.27",
            "1.3.1-feature-branch.27+a",
            "1.3.1-feature-branch.27+b",
        ];

        Assert.That(versions.Distinct().Select(version => ShortVersion.Of(version).Text), Is.Unique);
    }

    [TestCase("tr-TR")]
    [TestCase("ar-SA")]
    public void TheFormIsTheSameEverywhere(string culture)
    {
        using var scope = new Support.CultureScope(culture);

        Assert.That(ShortVersion.Of("1.3.1-feature-branch.27").Text, Is.EqualTo("1.3.1-featu-6a7443e5"));
    }
}

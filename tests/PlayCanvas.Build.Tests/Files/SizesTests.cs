using NUnit.Framework;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Files;

[Parallelizable(ParallelScope.All)]
public sealed class SizesTests
{
    [TestCase("0", 0)]
    [TestCase("12", 12)]
    [TestCase("12B", 12)]
    [TestCase("5 kB", 5_000)]
    [TestCase("5KB", 5_000)]
    [TestCase("1.5 MB", 1_500_000)]
    [TestCase("5mb", 5_000_000)]
    [TestCase("2 GB", 2_000_000_000)]
    [TestCase("2.01 kB", 2_010)]
    [TestCase("1 KiB", 1_024)]
    [TestCase("1.5 MiB", 1_572_864)]
    [TestCase("1 GiB", 1_073_741_824)]
    public void ATextMeansASize(string text, long bytes)
    {
        using (new CultureScope("de-DE"))
            Assert.That(Sizes.TryParse(text), Is.EqualTo(bytes));
    }

    [TestCase("")]
    [TestCase("MB")]
    [TestCase("-1 MB")]
    [TestCase("5 TB")]
    [TestCase("9999999999 GB")]
    [TestCase("5 MBs")]
    [TestCase("1,5 MB")]
    [TestCase("5 MB of it")]
    [TestCase("1e3")]
    [TestCase("10%")]
    public void OtherTextsAreNoSizes(string text) => Assert.That(Sizes.TryParse(text), Is.Null);
}

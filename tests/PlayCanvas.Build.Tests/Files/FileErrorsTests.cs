using System.Diagnostics.CodeAnalysis;
using NUnit.Framework;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tests.Files;

/// <summary>Tests the classification of file errors. The numbers were measured on Linux with .NET 10 and Mono 6.12; the Windows numbers are from
/// Microsoft's list of system error codes.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[SuppressMessage("Usage", "CA2201", Justification = "They stand for what the system throws.")]
public sealed class FileErrorsTests
{
    private const int Win32 = unchecked((int)0x80070000);

    [TestCase(Win32 | 32, true, true, TestName = "Windows: sharing violation")]
    [TestCase(Win32 | 33, true, true, TestName = "Windows: lock violation")]
    [TestCase(11, true, true, TestName = "Linux: EWOULDBLOCK")]
    [TestCase(35, true, true, TestName = "macOS: EWOULDBLOCK")]
    [TestCase(Win32 | 1224, false, true, TestName = "Windows: mapped into memory")]
    [TestCase(Win32 | 145, false, true, TestName = "Windows: the folder is not empty")]
    [TestCase(26, false, true, TestName = "Linux: ETXTBSY")]
    [TestCase(Win32 | 112, false, false, TestName = "Windows: disk full")]
    [TestCase(Win32 | 19, false, false, TestName = "Windows: write-protected")]
    [TestCase(Win32 | 206, false, false, TestName = "path too long")]
    [TestCase(28, false, false, TestName = "Linux: ENOSPC")]
    [TestCase(30, false, false, TestName = "Linux: EROFS")]
    [TestCase(24, false, false, TestName = "Linux: EMFILE")]
    [TestCase(40, false, false, TestName = "Linux: ELOOP")]
    [TestCase(5, false, false, TestName = "Linux: EIO")]
    [TestCase(122, false, false, TestName = "Linux: EDQUOT")]
    public void AnErrorPassesOrStays(int number, bool isHeld, bool mayPass)
    {
        var error = new IOException("it failed", number);

        Assert.That(FileErrors.IsHeld(error), Is.EqualTo(isHeld));
        Assert.That(FileErrors.MayPass(error), Is.EqualTo(mayPass));
    }

    [Test]
    public void DeniedAccessMayPassOnWindowsOnly() =>
        Assert.That(FileErrors.MayPass(new UnauthorizedAccessException()), Is.EqualTo(OperatingSystem.IsWindows()));

    [Test]
    public void WhatStaysIsNotTriedAgain()
    {
        var tries = 0;

        Assert.That(() => FileRetry.Run("file", () => Fail(28, ++tries), CancellationToken.None), Throws.TypeOf<IOException>());
        Assert.That(tries, Is.EqualTo(1));
    }

    [Test]
    public void WhatMayPassIsTriedAgain()
    {
        var tries = 0;

        FileRetry.Run("file", () => Fail(11, ++tries), CancellationToken.None);

        Assert.That(tries, Is.EqualTo(2));
    }

    private static void Fail(int number, int attempt)
    {
        if (attempt == 1)
            throw new IOException("it failed", number);
    }
}

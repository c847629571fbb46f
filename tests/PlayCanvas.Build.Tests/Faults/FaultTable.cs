using NUnit.Framework;
using PlayCanvas.Build.Tests.Faults.Rows;

namespace PlayCanvas.Build.Tests.Faults;

/// <summary>Contains all rows of the table.</summary>
internal static class FaultTable
{
    public static IEnumerable<TestCaseData> Cases =>
        from row in StatusRows.All
            .Concat(RateLimitRows.All)
            .Concat(ConnectionRows.All)
            .Concat(AnswerRows.All)
            .Concat(RedirectRows.All)
            .Concat(JobRows.All)
            .Concat(StorageRows.All)
            .Concat(ZipRows.All)
            .Concat(PublishRows.All)
            .Concat(ListRows.All)
        select new TestCaseData(row).SetArgDisplayNames(row.ToString());
}

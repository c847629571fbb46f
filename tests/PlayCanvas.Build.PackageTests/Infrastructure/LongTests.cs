namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>Makes those cases long that repeat something often. <c>dotnet test -p:LongTests=true</c> runs them too.</summary>
internal static class LongTests
{
    /// <summary>The category of long tests.</summary>
    public const string Category = "Long";

    /// <summary>Returns a case with a few repetitions, and a long one with all of them.</summary>
    /// <param name="variable">The environment variable that sets the number of all repetitions.</param>
    /// <param name="few">The number of repetitions in the first case.</param>
    /// <param name="all">The number of repetitions in the long case unless the variable is set.</param>
    public static IEnumerable<TestCaseData> Repeat(string variable, int few, int all) =>
        [new TestCaseData(few), new TestCaseData(Effort.Of(variable, all)).SetCategory(Category)];

    /// <summary>Makes all cases long except the first ones.</summary>
    public static IEnumerable<TestCaseData> AfterTheFirst<T>(int count, IEnumerable<T> cases) =>
        cases.Select((value, i) => i < count ? new TestCaseData(value) : new TestCaseData(value).SetCategory(Category));
}

namespace PlayCanvas.Build.PackageTests.Infrastructure;

internal sealed class CommandResultTests
{
    [TestCase(1, "  Desk -> Desk.dll\n\nBuild succeeded.\n    0 Warning(s)\n    0 Error(s)\n", true)]
    [TestCase(1, "  Desk -> Desk.dll\n", true, TestName = "The_answer_of_the_server_is_lost_with_the_summary")]
    [TestCase(0, "  Desk -> Desk.dll\n\nBuild succeeded.\n", false)]
    [TestCase(1, "Desk.csproj : error PLAYCANVAS4019: The game is missing. [Desk.csproj]\n", false)]
    [TestCase(1, "\nBuild FAILED.\n    0 Warning(s)\n    0 Error(s)\n", false)]
    [TestCase(1, "Build failed with 1 error(s) in 0.5s\n", false)]
    [TestCase(134, "Unhandled exception.\n", false)]
    public void The_answer_of_the_server_is_lost(int exitCode, string output, bool isLost) =>
        Assert.That(new CommandResult(["build"], exitCode, output, "", TimeSpan.Zero).LacksTheAnswerOfTheServer, Is.EqualTo(isLost));
}

using Microsoft.Build.Utilities;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Tasks;

public sealed class CheckCopiesTests : TaskFixture
{
    [Test]
    public void DifferentFilesAtOnePathAreAnError()
    {
        Assert.That(RunBadly(Task(("one.json", "a"), ("other.json", "b")), "PLAYCANVAS4013"), Does.Contain("\"games/first\""));
    }

    [Test]
    public void EqualFilesAreNotAnError() => RunWell(Task(("one.json", "a"), ("other.json", "a")));

    [Test]
    public void AFileThatDoesNotExistIsIgnored()
    {
        var task = Task(("one.json", "a"));
        task.Copies = [.. task.Copies, new TaskItem(Folder.File("missing.json"))];

        RunWell(task);
    }

    private PlayCanvasCheckCopies Task(params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
            Folder.Write(name, content);
        return new PlayCanvasCheckCopies { ProjectFile = ProjectFile, GamePath = "games/first", Copies = [.. files.Select(file => new TaskItem(Folder.File(file.Name)))] };
    }
}

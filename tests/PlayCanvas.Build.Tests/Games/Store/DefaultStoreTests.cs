using System.Runtime.Versioning;
using NUnit.Framework;
using PlayCanvas.Build.Games.Store;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Tasks;

namespace PlayCanvas.Build.Tests.Games.Store;

/// <summary>Tests where the store is by default. The environment belongs to the whole process, so nothing else runs meanwhile.</summary>
[NonParallelizable]
[Platform(Exclude = "Win,MacOsX", Reason = "Only on Linux, a variable names the folder of the user's application data.")]
public sealed class DefaultStoreTests : TaskFixture
{
    private const string Variable = "XDG_DATA_HOME";

    private readonly string? before = Environment.GetEnvironmentVariable(Variable);

    [TearDown]
    public void RestoreVariable() => Environment.SetEnvironmentVariable(Variable, before);

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void TheStoreIsInTheUsersApplicationData()
    {
        Environment.SetEnvironmentVariable(Variable, Folder.File("data"));

        Install();

        Assert.That(GameStore.DefaultDirectory(mayCreate: true), Is.EqualTo(Folder.File("data", "PlayCanvas.Build", "games")));
        Assert.That(Folder.File("data", "PlayCanvas.Build", "games", "v1"), Does.Exist);
        Assert.That(File.GetUnixFileMode(Folder.File("data", "PlayCanvas.Build", "games")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    /// <summary>As in containers that run as a user without an entry in the system's list, or with a read-only home.</summary>
    [Test]
    public void Without_a_home_that_can_be_written_the_store_is_in_obj()
    {
        Folder.Write("file", "not a folder");
        Environment.SetEnvironmentVariable(Variable, Folder.File("file", "data"));

        Install();

        Assert.That(GameStore.DefaultDirectory(mayCreate: true), Is.Null);
        Assert.That(Folder.File("obj", "playcanvas", ".store", "v1"), Does.Exist);
        Assert.That(ContentFolder, Does.Exist);
    }

    [Test]
    public void ADryRunCreatesNoStore()
    {
        Environment.SetEnvironmentVariable(Variable, Folder.File("data"));

        Assert.That(GameStore.DefaultDirectory(mayCreate: false), Is.Null);
        Assert.That(Folder.File("data"), Does.Not.Exist);

        Install();

        Assert.That(GameStore.DefaultDirectory(mayCreate: false), Is.EqualTo(Folder.File("data", "PlayCanvas.Build", "games")));
    }

    private void Install()
    {
        File.WriteAllBytes(Folder.File("export.zip"), new SampleGame().ToZip());
        var task = DownloadTask();
        (task.ExportFile, task.StoreDirectory) = ("export.zip", "");
        RunWell(task);
    }
}

using System.Net;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Exports;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the team's own store of exports: what is taken from it, and what is put into it.</summary>
public sealed class TeamStoreTests : LockedFixture
{
    private static IEnumerable<TestCaseData> BadFiles()
    {
        yield return Bad("another game", "it holds the content ", _ => new SampleGame().ToZip());
        yield return Bad("not a zip", "", _ => "<html>Sign in</html>"u8.ToArray());
        yield return Bad("empty", "", _ => []);
        yield return Bad("truncated", "", file => file[..(file.Length / 2)]);
        yield return Bad("a flipped bit", "", file =>
        {
            file[file.Length / 2] ^= 1;
            return file;
        });

        static TestCaseData Bad(string what, string reason, Func<byte[], byte[]> change) => new TestCaseData(reason, change).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(BadFiles))]
    public void A_file_that_is_not_the_content_is_not_used(string reason, Func<byte[], byte[]> change)
    {
        LockFirst();
        var packed = Pack();
        File.WriteAllBytes(packed, change(File.ReadAllBytes(packed)));
        StartBuild();
        foreach (var source in new[] { TeamFolder, TeamServer.Address })
        {
            Team.Files[Path.GetFileName(packed)] = File.ReadAllBytes(packed);
            if (source == TeamFolder)
                Clone("folder", "two");
            else
                Clone("server", "three");
            StartBuild();
            var task = GameTask();
            (task.ExportSource, task.LockedMode) = (source, "true");

            RunWell(task);

            Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4018"));
            Assert.That(Engine.Warnings.Single().Message, Does.Contain(LockedContent + ".zip").And.Contain("PlayCanvasPack").And.Contain(reason));
            Assert.That(Exports, Is.Zero, "The build record has it.");
            AssertUsesLockedContent();
        }
    }

    [TestCase(HttpStatusCode.NotFound)]
    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.Gone)]
    public void A_server_without_the_file_is_passed_over_silently(HttpStatusCode status)
    {
        LockFirst();
        Clone();
        Team.Missing = status;
        var task = GameTask();
        task.ExportSource = TeamServer.Address;

        RunWell(task);

        Assert.That(Team.Requests, Is.Not.Empty);
        Assert.That(Engine.Warnings, Is.Empty);
        AssertUsesLockedContent();
    }

    [TestCase(HttpStatusCode.InternalServerError)]
    [TestCase(HttpStatusCode.Unauthorized)]
    public void A_server_that_does_not_work_is_a_warning(HttpStatusCode status)
    {
        LockFirst();
        Clone();
        Team.Missing = status;
        var task = GameTask();
        (task.ExportSource, task.MaxRetries) = (TeamServer.Address, "1");

        RunWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4018"));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain($"{(int)status}"));
        AssertUsesLockedContent();
    }

    [Test]
    public void TheTokenIsNotSentToTheTeamsServer()
    {
        LockFirst();
        var packed = Pack();
        Team.Files[Path.GetFileName(packed)] = File.ReadAllBytes(packed);
        Clone();
        var task = GameTask();
        task.ExportSource = TeamServer.Address;

        RunWell(task);

        Assert.That(Team.Requests, Is.Not.Empty);
        Assert.That(Team.Requests.Select(request => request.Authorization), Has.All.Null);
        Assert.That(Team.Requests.Select(request => request.Uri.AbsolutePath).Distinct(), Is.EqualTo([$"/exports/{LockedContent}.zip"]));
    }

    /// <summary>Without a lock file there is nothing that says what to believe.</summary>
    [Test]
    public void Without_an_entry_the_team_is_not_asked()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);
        var task = GameTask();
        task.ExportSource = TeamServer.Address;

        RunWell(task);

        Assert.That(Team.Requests, Is.Empty);
    }

    [TestCase("http://team.example.test/exports")]
    [TestCase("ftp://team.example.test/exports")]
    [TestCase("https://user:secret@team.example.test/exports")]
    [TestCase("https://user@team.example.test/exports")]
    [TestCase("https://team.example.test/exports?token=secret")]
    [TestCase("https://team.example.test/exports#part")]
    [TestCase("file:///exports")]
    [TestCase("s3://bucket/exports")]
    [TestCase("://")]
    public void An_address_that_is_not_safe_is_an_error_before_anything_is_sent(string source)
    {
        LockFirst();
        Clone();
        var task = GameTask();
        task.ExportSource = source;

        var message = RunBadly(task, "PLAYCANVAS1034");

        Assert.That(message, Does.Contain("PlayCanvasExportSource").And.Not.Contain("secret"));
        Assert.That(Exports, Is.Zero);
        Assert.That(Team.Requests, Is.Empty);
    }

    [TestCase("https://team.example.test/exports")]
    [TestCase("https://team.example.test/exports/")]
    [TestCase("HTTPS://team.example.test/exports")]
    public void An_address_may_end_with_a_slash(string source)
    {
        LockFirst();
        var packed = Pack();
        Team.Files[Path.GetFileName(packed)] = File.ReadAllBytes(packed);
        Clone();
        EnvironmentVariables.Clear();
        var task = GameTask();
        task.ExportSource = source;

        RunWell(task);

        AssertUsesLockedContent();
    }

    /// <summary>The game has a file whose name is mapped, so its configuration is adapted when it is installed.</summary>
    [Test]
    public void A_packed_content_has_the_same_id_on_another_machine()
    {
        LockFirst();
        var files = GameFiles();
        Assert.That(Directory.EnumerateDirectories(GameFolder, "*.originals"), Is.Not.Empty, "The game must be an adapted one.");
        var packed = Pack();
        Assert.That(packed, Is.EqualTo(Path.Combine(TeamFolder, LockedContent + ".zip")));
        Clone();
        EnvironmentVariables.Clear();
        var task = GameTask();
        task.ExportSource = "../team";

        RunWell(task);

        AssertUsesLockedContent();
        Assert.That(GameFiles(), Is.EquivalentTo(files));
        var bytes = File.ReadAllBytes(packed);
        File.Delete(packed);
        Assert.That(File.ReadAllBytes(Pack()), Is.EqualTo(bytes), "Every machine packs the same bytes.");
    }

    [Test]
    public void Packing_goes_into_the_teams_folder_and_writes_a_file_once()
    {
        LockFirst();
        Directory.CreateDirectory(TeamFolder);
        var task = PackTask();
        RunWell(task);
        var path = Path.Combine(TeamFolder, LockedContent + ".zip");
        var time = File.GetLastWriteTimeUtc(path);

        RunWell(PackTask());

        Assert.That(task.Packed.Single().ItemSpec, Is.EqualTo(path));
        Assert.That(task.Packed.Single().GetMetadata("GamePath"), Is.EqualTo("game"));
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(time));
        Assert.That(Directory.EnumerateFiles(TeamFolder), Has.Exactly(1).Items);

        PlayCanvasPack PackTask() => new() { GamePath = "game", OutputDirectory = "bin", ExportSource = TeamFolder };
    }

    [TestCaseSource(nameof(BadFiles))]
    public void A_file_that_is_not_the_content_is_packed_anew(string reason, Func<byte[], byte[]> change)
    {
        _ = reason;
        LockFirst();
        var packed = Pack();
        var bytes = File.ReadAllBytes(packed);
        File.WriteAllBytes(packed, change([.. bytes]));

        Assert.That(File.ReadAllBytes(Pack()), Is.EqualTo(bytes));
    }

    [Test]
    public void A_folder_that_does_not_exist_is_a_warning([Values] bool isDryRun)
    {
        LockFirst();
        Clone();
        var task = GameTask();
        (task.ExportSource, task.DryRun) = (TeamFolder, isDryRun ? "true" : null);

        RunWell(task);

        Assert.That(Engine.Warnings.Single().Code, Is.EqualTo("PLAYCANVAS4018"));
        Assert.That(Engine.Warnings.Single().Message, Does.Contain($"the folder \"{TeamFolder}\" does not exist"));
        Assert.That(Exports, Is.Zero, "The build record has it.");
    }

    [Test]
    public void ADamagedContentIsNotPacked()
    {
        LockFirst();
        var page = Path.Combine(ContentFolder, "index.html");
        var length = (int)new FileInfo(page).Length;
        File.SetAttributes(page, FileAttributes.Normal);
        File.WriteAllText(page, new string('x', length));

        RunBadly(new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder }, "PLAYCANVAS4021");

        Assert.That(TeamFolder, Does.Not.Exist);
    }

    [Test]
    public void WithoutAContentThereIsNothingToPack()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ProjectFile)!);

        RunBadly(new PlayCanvasPack { GamePath = "game", OutputDirectory = TeamFolder }, "PLAYCANVAS4009");
    }
}

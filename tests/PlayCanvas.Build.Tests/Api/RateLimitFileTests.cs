using System.Text;
using NUnit.Framework;
using PlayCanvas.Build.Api.RateLimits;
using PlayCanvas.Build.Files;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RateLimitFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeClock clock = new();

    private string FilePath => folder.File("limits", "x.json");

    public void Dispose() => folder.Dispose();

    [Test]
    public void WhatOneBuildLearnsTheOtherKnows()
    {
        var window = new RateLimitWindow
        {
            Remaining = 3,
            ResetsAt = clock.UtcNow.AddMilliseconds(1_234),
            ProbedUntil = clock.UtcNow.AddSeconds(10),
            BlindRefusals = 2,
        };
        Set(new RateLimitFile(FilePath, clock, Nothing), window);

        var read = Get(new RateLimitFile(FilePath, clock, Nothing));

        Assert.That(read, Is.EqualTo(window));
    }

    [Test]
    public void A_shorter_content_leaves_nothing_of_a_longer_one_behind()
    {
        var file = new RateLimitFile(FilePath, clock, Nothing);
        Update(file, windows =>
        {
            for (var name = 0; name < 50; name++)
                windows[$"class{name}"] = new RateLimitWindow { Remaining = name };
        });

        Update(file, windows => windows.Clear());

        Assert.That(File.ReadAllText(FilePath), Is.EqualTo("{}"));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"normal":null}""")]
    [TestCase("""{"normal":{"Remaining":"many"}}""")]
    [TestCase("""{"normal":{"Remaining":99999999999999}}""")]
    [TestCase("""{"normal":{"ResetsAt":"yesterday"}}""")]
    [TestCase("\0\0\0\0")]
    public void AFileThatCannotBeReadIsAsGoodAsNone(string content)
    {
        folder.Write("limits/x.json", content);
        var file = new RateLimitFile(FilePath, clock, Nothing);

        Assert.That(Get(file), Is.Null);
        Set(file, new RateLimitWindow { Remaining = 1 });

        Assert.That(Get(new RateLimitFile(FilePath, clock, Nothing)), Is.EqualTo(new RateLimitWindow { Remaining = 1 }));
    }

    [Test]
    public void WhereNoFileCanBeEachBuildCountsForItself()
    {
        // A file is in the place of the folder.
        folder.Write("limits", "");
        var file = new RateLimitFile(FilePath, clock, Nothing);

        Set(file, new RateLimitWindow { Remaining = 4 });

        Assert.That(Get(file)!.Remaining, Is.EqualTo(4));
        Assert.That(Get(new RateLimitFile(FilePath, clock, Nothing)), Is.Null);
    }

    [Test]
    public void AFileThatIsAFolderIsNoFile()
    {
        Directory.CreateDirectory(FilePath);
        var file = new RateLimitFile(FilePath, clock, Nothing);

        Set(file, new RateLimitWindow { Remaining = 4 });

        Assert.That(Get(file)!.Remaining, Is.EqualTo(4));
    }

    [Test]
    public void A_file_that_somebody_holds_is_waited_for_once_and_then_given_up()
    {
        Set(new RateLimitFile(FilePath, clock, Nothing), new RateLimitWindow { Remaining = 9 });
        using var held = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var file = new RateLimitFile(FilePath, clock, Nothing);
        var start = clock.UtcNow;

        Set(file, new RateLimitWindow { Remaining = 4 });
        var firstWait = clock.UtcNow - start;
        Set(file, new RateLimitWindow { Remaining = 3 });

        Assert.That(firstWait, Is.InRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60.1)));
        Assert.That(clock.UtcNow - start, Is.EqualTo(firstWait));
    }

    [Test]
    public void AWaitForTheFileIsTold()
    {
        Set(new RateLimitFile(FilePath, clock, Nothing), new RateLimitWindow { Remaining = 9 });
        using var held = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var told = new List<TimeSpan>();

        Set(new RateLimitFile(FilePath, clock, told.Add), new RateLimitWindow { Remaining = 4 });

        Assert.That(told.Zip(told.Skip(1), (one, next) => next - one), Is.Not.Empty.And.All.LessThanOrEqualTo(TimeSpan.FromSeconds(1)));
    }

    /// <summary>The file of a running program exists and cannot be written, not even by root.</summary>
    [Test]
    [Platform("Linux")]
    public void AFileThatCannotBeWrittenIsNotWaitedFor()
    {
        Directory.CreateDirectory(folder.File("limits"));
        File.CreateSymbolicLink(FilePath, Environment.ProcessPath!);
        var file = new RateLimitFile(FilePath, clock, Nothing);

        Set(file, new RateLimitWindow { Remaining = 4 });

        Assert.That(Get(file)!.Remaining, Is.EqualTo(4));
        Assert.That(clock.Waits, Is.Empty);
    }

    [Test]
    public void AFullDiskIsAsGoodAsNoFile()
    {
        Directory.CreateDirectory(folder.File("limits"));
        using var mount = Mount.Tiny(folder.File("limits"));
        var file = new RateLimitFile(FilePath, clock, Nothing);
        Set(file, new RateLimitWindow { Remaining = 4 });
        try
        {
            File.WriteAllBytes(folder.File("limits", "fill"), new byte[64 * 1024]);
        }
        catch (IOException)
        {
            // The disk is full now.
        }

        Update(file, windows =>
        {
            for (var name = 0; name < 500; name++)
                windows[$"class{name}"] = new RateLimitWindow { Remaining = name };
        });
        Set(file, new RateLimitWindow { Remaining = 3 });

        Assert.That(Get(file)!.Remaining, Is.EqualTo(3));
    }

    [Test]
    public void AFileThatIsLetGoOfIsUsed()
    {
        Set(new RateLimitFile(FilePath, clock, Nothing), new RateLimitWindow { Remaining = 9 });
        using var held = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        clock.Waiting = _ => held.Dispose();

        Assert.That(Get(new RateLimitFile(FilePath, clock, Nothing))!.Remaining, Is.EqualTo(9));
    }

    [Test]
    public void WaitingForTheFileObeysACancellation()
    {
        Set(new RateLimitFile(FilePath, clock, Nothing), new RateLimitWindow { Remaining = 9 });
        using var held = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var cancellation = new CancellationTokenSource();
        clock.Waiting = _ => cancellation.Cancel();

        Assert.That(
            () => new RateLimitFile(FilePath, clock, Nothing).Update(_ => 0, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Waits, Has.Count.EqualTo(1));
    }

    [Test]
    public void NobodyChangesTheFileWhileAnotherDoes()
    {
        using var isKeptOut = new ManualResetEventSlim();
        using var isFree = new ManualResetEventSlim();
        var otherClock = new FakeClock
        {
            Waiting = _ =>
            {
                isKeptOut.Set();
                isFree.Wait(Bounded.Limit);
            },
        };
        Task? other = null;
        var wasKeptOut = false;

        Update(new RateLimitFile(FilePath, clock, Nothing), windows =>
        {
            other = Task.Run(() => Set(new RateLimitFile(FilePath, otherClock, Nothing), new RateLimitWindow { Remaining = 2 }));
            wasKeptOut = isKeptOut.Wait(Bounded.Limit);
            windows["normal"] = new RateLimitWindow { Remaining = 1 };
        });
        isFree.Set();
        other!.Wait(Bounded.Limit);

        Assert.That(wasKeptOut, Is.True);
        Assert.That(Get(new RateLimitFile(FilePath, clock, Nothing))!.Remaining, Is.EqualTo(2));
    }

    [Test]
    public void NoChangeIsLostBetweenManyThreads()
    {
        const int Changes = 50;
        var machine = new SystemClock();
        Set(new RateLimitFile(FilePath, machine, Nothing), new RateLimitWindow());
        using var start = new Barrier(4);
        var threads = Enumerable.Range(0, start.ParticipantCount).Select(_ => new Thread(() =>
        {
            var file = new RateLimitFile(FilePath, machine, Nothing);
            start.SignalAndWait();
            for (var change = 0; change < Changes; change++)
                Update(file, windows => windows["normal"] = windows["normal"] with { Remaining = windows["normal"].Remaining + 1 });
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(Get(new RateLimitFile(FilePath, machine, Nothing))!.Remaining, Is.EqualTo(start.ParticipantCount * Changes));
    }

    [Test]
    public void TheFilesNameTellsNeitherTokenNorServer()
    {
        var path = RateLimitFile.PathFor(new Uri("https://playcanvas.example.test/api"), "the-secret-token");

        Assert.That(Path.GetFileName(path), Does.Match("^[0-9a-f]{24}\\.json$"));
        Assert.That(path, Does.Not.Contain("secret").And.Not.Contain("example").And.Not.Contain(Convert.ToHexString(Encoding.UTF8.GetBytes("secret"))));
        Assert.That(Path.IsPathFullyQualified(path), Is.True);
    }

    [TestCase("https://a.example.test/api", "token", true)]
    [TestCase("https://a.example.test/other", "token", true)]
    [TestCase("https://a.example.test:444/api", "token", false)]
    [TestCase("https://b.example.test/api", "token", false)]
    [TestCase("https://a.example.test/api", "other", false)]
    public void ServerAndTokenShareAFile(string server, string token, bool isShared)
    {
        var path = RateLimitFile.PathFor(new Uri(server), token);

        Assert.That(path == RateLimitFile.PathFor(new Uri("https://a.example.test/api"), "token"), Is.EqualTo(isShared));
    }

    [Test]
    public void TwoConnectionsShareTheLimitOfTheirToken()
    {
        using var first = new ApiHarness { RateLimits = new RateLimitFile(FilePath, clock, Nothing), Clock = clock };
        using var second = new ApiHarness { RateLimits = new RateLimitFile(FilePath, clock, Nothing), Clock = clock };
        first.Server.Next(Replies.Json("{}").With("X-RateLimit-Remaining", "0").With("Retry-After", "5"));
        second.Server.Next(Replies.Json("{}"));
        first.Get<Newtonsoft.Json.Linq.JObject>();

        second.Get<Newtonsoft.Json.Linq.JObject>();

        Assert.That(clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(5) }));
    }

    private static void Nothing(TimeSpan elapsed)
    {
    }

    private static RateLimitWindow? Get(RateLimitFile file) =>
        file.Update(windows => windows.TryGetValue("normal", out var window) ? window : null, CancellationToken.None);

    private static void Set(RateLimitFile file, RateLimitWindow window) => Update(file, windows => windows["normal"] = window);

    private static void Update(RateLimitFile file, Action<IDictionary<string, RateLimitWindow>> change) =>
        file.Update(
            windows =>
            {
                change(windows);
                return 0;
            },
            CancellationToken.None);
}

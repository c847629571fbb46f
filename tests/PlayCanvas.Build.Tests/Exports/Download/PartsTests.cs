using NUnit.Framework;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Http;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Games.Install;
using PlayCanvas.Build.Tests.Games;
using PlayCanvas.Sandbox;
using InstalledContent = PlayCanvas.Build.Games.Content.GameContent;

namespace PlayCanvas.Build.Tests.Exports.Download;

/// <summary>Tests which parts of a game are downloaded if it is too large to arrive together with the directory of its zip.</summary>
public sealed class PartsTests : DownloadFixture
{
    private const int GameSize = 9_000_000;

    private protected override SandboxOptions Options => new() { JobDuration = TimeSpan.Zero, StandInEngine = true, GameSize = GameSize, GameFiles = 100 };

    private IReadOnlyList<RecordedRequest> Downloads => Server.Requests.Of("GET", StorageRoute);

    [Test]
    public void AFirstInstallMovesEachByteOnce()
    {
        var result = Download();
        AssertInstalled();
        Assert.That(result.Transfer!.Moved, Is.InRange(result.Transfer.Length, result.Transfer.Length + (128 * 1024)));
        Assert.That(Downloads.Skip(1), Has.All.Property("Status").EqualTo(206));
        Assert.That(Downloads, Has.Count.GreaterThan(2), "The end of the zip and several parts");
    }

    [Test]
    public void AnUpdateMovesWhatChanged()
    {
        Download();
        Change(game => game.With("level data (1).json", "{}"));
        var result = Download();
        AssertInstalled();
        Assert.That(ChangedSince(Bases[1], result.Content), Has.Exactly(2).Items, "An asset with a new revision, and the configuration");
        Assert.That(result.Transfer!.Moved, Is.LessThan(result.Transfer.Length / 50));
    }

    [Test]
    public void AnUpdateOfTheSameMovesTheDirectory()
    {
        Change(game => game.Without("Armature|Run.glb"));
        Download();
        Server.Requests.Clear();
        var result = Download();
        Assert.That(ChangedSince(Bases[1], result.Content), Is.Empty);
        Assert.That(Downloads, Has.Count.EqualTo(1));
    }

    [Test]
    public void NeighboursComeTogether()
    {
        Download();
        Change(game => game.Assets.Where(asset => asset.Name.StartsWith("small", StringComparison.Ordinal)).Take(20)
            .Aggregate(game, (changed, asset) => changed.With(asset with { Content = PlayCanvas.Sandbox.GameContent.FromText(asset.Name), Revision = 2 })));
        Server.Requests.Clear();
        Download();
        AssertInstalled();
        Assert.That(Downloads, Has.Count.LessThan(5));
    }

    [Test]
    public void WithoutRangesTheWholeComesInOneAnswer()
    {
        Server.Options.SupportsRanges = false;
        var result = Download();
        AssertInstalled();
        Assert.That(Downloads, Has.Count.EqualTo(1));
        Assert.That(result.Transfer!.Moved, Is.EqualTo(result.Transfer.Length));
    }

    [TestCase(400)]
    [TestCase(416)]
    public void AServerThatRefusesRangesGivesTheWhole(int status)
    {
        Server.Faults.On("GET", StorageRoute, Fault.Status(status));
        Download();
        AssertInstalled();
        Assert.That(Downloads.Select(request => request.Headers.ContainsKey("Range")), Is.EqualTo([true, false]));
    }

    [TestCase("ETag", "\"another\"", TestName = "An export that changes meanwhile comes as a whole")]
    [TestCase("ETag", null, TestName = "An export whose tag is gone comes as a whole")]
    [TestCase("Content-Range", "bytes 0-9/10", TestName = "A part that was not asked for is not taken")]
    [TestCase("Content-Range", null, TestName = "An answer that does not say what it is comes as a whole")]
    public void WhateverIsWrongWithAPartTheWholeComes(string header, string? value)
    {
        Server.Faults.On("GET", StorageRoute, Fault.Header(header, value), call: 3);
        Download();
        AssertInstalled();
        Assert.That(Downloads[^1].Headers, Does.Not.ContainKey("Range"));
    }

    [TestCase("Content-Range", "bytes 0-9/10")]
    [TestCase("Content-Range", "bytes 5-9/*")]
    [TestCase("Content-Range", null)]
    public void AnEndThatIsNoneIsNotTaken(string header, string? value)
    {
        Server.Faults.On("GET", StorageRoute, Fault.Header(header, value));
        Download();
        AssertInstalled();
    }

    [Test]
    public void ABrokenPartIsTakenUpWhereItBroke()
    {
        Server.Faults.On("GET", StorageRoute, Fault.Truncate(1_000_000), call: 2);
        var result = Download();
        AssertInstalled();
        // The bytes in transit when the connection broke were sent but never received.
        Assert.That(result.Transfer!.Moved, Is.InRange(result.Transfer.Length, result.Transfer.Length + (128 * 1024)));
    }

    [Test]
    public void An_address_that_expires_is_replaced_for_all_parts()
    {
        Server.Faults.On("GET", StorageRoute, Fault.Expired, call: 3);
        Download();
        AssertInstalled();
        Assert.That(Server.Requests.Of("GET", "/api/jobs/*"), Has.Count.EqualTo(2));
    }

    [Test]
    public void NothingIsFetchedTwice()
    {
        var transfer = Download().Transfer!;
        Assert.That(transfer.Moved, Is.LessThanOrEqualTo(transfer.Length));
    }

    [Test]
    public void What_came_before_the_connection_was_lost_is_not_fetched_again()
    {
        var first = Download();
        var names = first.Content.Manifest.Files.Where(file => file.Size > 50_000).ToList();
        var prepared = Store.Prepare(Key);
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(prepared.PathOf(name.Path))!);
            File.Copy(first.Content.PathOf(name), prepared.PathOf(name.Path));
        }

        Bases.Clear();
        Store.Remove(first.Content.Manifest.ContentId);
        Server.Faults.On("GET", StorageRoute, Fault.ResetBefore, FaultScript.EveryCall);
        Assert.That(() => Download(), Throws.TypeOf<ExportDownloadException>());

        Server.Faults.Clear();
        var result = Download();
        AssertInstalled();
        Assert.That(result.Transfer!.Moved, Is.LessThan(result.Transfer.Length / 2));
    }

    [Test]
    public void DamageOnTheWayIsRepairedByTheWhole()
    {
        Download(Connect(new DamagingHandler(HttpTransport.CreateHandler(), request: 2)));
        AssertInstalled();
        Assert.That(Downloads[^1].Headers, Does.Not.ContainKey("Range"));
    }

    private InstallResult Download(PlayCanvasClient? with = null)
    {
        var export = MakeExport(with);
        export.Ask(Parameters, () => Request, CancellationToken.None);
        var result = export.Install(MakeDownload(), Key, Project, CancellationToken.None)!;
        Bases.Insert(0, result.Content);
        return result;
    }

    private void Change(Func<Game, Game> change) => Server.World.ChangeGame(change);

    /// <summary>Returns the entries of a content that another content does not have.</summary>
    private static IEnumerable<ExportedFile> ChangedSince(InstalledContent old, InstalledContent current) =>
        current.Manifest.Files.Select(file => file.Exported).Except(old.Manifest.Files.Select(file => file.Exported));

    private void AssertInstalled()
    {
        AssertIsWhole(Bases[0]);
        AssertTidy();
    }

    /// <summary>Changes one byte of one response of the storage, as faulty memory on the way would.</summary>
    private sealed class DamagingHandler(HttpMessageHandler inner, int request) : DelegatingHandler(inner)
    {
        private int requests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(message, cancellationToken);
            if (!message.RequestUri!.AbsolutePath.StartsWith("/exports/", StringComparison.Ordinal) || Interlocked.Increment(ref requests) != request)
                return response;

            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            content[content.Length / 2] ^= 1;
            var damaged = new ByteArrayContent(content);
            damaged.Headers.ContentRange = response.Content.Headers.ContentRange;
            response.Content = damaged;
            return response;
        }
    }
}

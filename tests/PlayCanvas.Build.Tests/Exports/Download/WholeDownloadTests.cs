using System.Globalization;
using System.Net.Http.Headers;
using NUnit.Framework;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Exports;
using PlayCanvas.Build.Exports.Download;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Exports.Download;

[Parallelizable(ParallelScope.All)]
public sealed class WholeDownloadTests
{
    private const string Tag = "\"one\"";
    private const int Megabyte = 1024 * 1024;

    private static readonly Uri Address = new("https://storage.example.test/export.zip?signature=secret");

    private static readonly byte[] Export = [.. Enumerable.Range(0, 1_000).Select(number => (byte)number)];

    [Test]
    public void TheWholeIsFetched()
    {
        using var download = new Download(Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void TheTokenDoesNotGoToTheStorage()
    {
        using var download = new Download(Whole(Tag));
        download.Run();
        Assert.That(download.Requests.Single().Authorization, Is.Null);
    }

    [Test]
    public void WhatWasThereBeforeIsReplaced()
    {
        using var download = new Download(Whole(Tag));
        File.WriteAllText(download.Path, new string('x', 5_000));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void ABrokenConnectionIsTakenUpWhereItBroke()
    {
        using var download = new Download(Breaking(Tag, 300), Part(Tag, 300));
        Assert.That(download.Run(), Is.EqualTo(Export));
        Assert.That((download.Requests[1].Header("Range"), download.Requests[1].Header("If-Range")), Is.EqualTo(("bytes=300-", Tag)));
    }

    [Test]
    public void AConnectionThatBreaksAgainIsTakenUpAgain()
    {
        using var download = new Download(Breaking(Tag, 300), BreakingPart(Tag, 300, 400), Part(Tag, 700));
        Assert.That(download.Run(), Is.EqualTo(Export));
        Assert.That(download.Requests[2].Header("Range"), Is.EqualTo("bytes=700-"));
    }

    [Test]
    public void NoByteIsMovedTwice()
    {
        using var download = new Download(Breaking(Tag, 300), Part(Tag, 300));
        download.Run();
        Assert.That(download.Moved, Is.EqualTo(Export.Length));
    }

    [Test]
    public void AServerWithoutRangesSendsAllOfItAgain()
    {
        using var download = new Download(Breaking(Tag, 300), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void An_export_that_changed_meanwhile_is_taken_from_its_beginning()
    {
        using var download = new Download(Breaking("\"old\"", 900), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void A_longer_export_that_was_begun_leaves_nothing_behind()
    {
        using var download = new Download(BreakingOf(new byte[5_000], "\"old\"", 4_000), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void APartOfAnotherExportIsNotAppended()
    {
        using var download = new Download(Breaking("\"old\"", 300), Part(Tag, 300), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
        Assert.That(download.Requests[2].Header("Range"), Is.Null);
    }

    [Test]
    public void APartThatWasNotAskedForIsNotAppended()
    {
        using var download = new Download(Breaking(Tag, 300), Part(Tag, 200), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
        Assert.That(download.Requests[2].Header("Range"), Is.Null);
    }

    [TestCase(null)]
    [TestCase("W/\"weak\"")]
    public void WithoutAStrongETagAllOfItIsFetchedAgain(string? tag)
    {
        using var download = new Download(Breaking(tag, 300), Whole(tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
        Assert.That(download.Requests[1].Header("Range"), Is.Null);
    }

    [Test]
    public void AConnectionThatAlwaysBreaksIsGivenUp()
    {
        using var download = new Download([.. Enumerable.Repeat(Breaking(null, 10), 6)]);
        Assert.That(() => download.Run(), Throws.TypeOf<ExportDownloadException>().With.InnerException.TypeOf<ApiConnectionLostException>());
        Assert.That(download.Requests, Has.Count.EqualTo(6));
    }

    /// <summary>A download of gigabytes may be interrupted often; each time it continues, the retries count anew.</summary>
    [Test]
    public void Interruptions_with_progress_in_between_do_not_count([Values] bool expires)
    {
        var large = new byte[12 * Megabyte];
        new Random(1).NextBytes(large);
        Reply[] interruption = expires ? [Next(large, Tag, Megabyte), Replies.Status(403)] : [Next(large, Tag, Megabyte)];
        using var download = new Download([.. Enumerable.Repeat(interruption, 12).SelectMany(replies => replies)]);

        Assert.That(download.Run().AsSpan().SequenceEqual(large), Is.True);
        Assert.That(download.Moved, Is.EqualTo(large.Length));
    }

    [Test]
    public void What_is_downloaded_again_is_not_progress()
    {
        using var download = new Download([.. Enumerable.Repeat(Next(new byte[4 * Megabyte], null, 3 * Megabyte), 6)]);
        Assert.That(() => download.Run(), Throws.TypeOf<ExportDownloadException>());
        Assert.That(download.Requests, Has.Count.EqualTo(6));
    }

    [Test]
    public void A_body_that_is_shorter_than_announced_is_not_the_whole()
    {
        using var download = new Download(Replies.Body(new MemoryStream(Export, 0, 400), Export.Length), Whole(Tag));
        Assert.That(download.Run(), Is.EqualTo(Export));
    }

    [Test]
    public void NoMessageShowsTheSignature()
    {
        using var download = new Download(Replies.Status(404));
        Assert.That(() => download.Run(), Throws.TypeOf<ExportDownloadException>().With.Message.Not.Contains("secret"));
    }

    [Test]
    public void ProgressGoesOnAfterABreak()
    {
        using var download = new Download(Breaking(Tag, 300), Part(Tag, 300));
        download.Run();
        Assert.That(download.Progress, Is.EqualTo([(300L, (long?)1_000L), (1_000L, (long?)1_000L)]));
    }

    [Test]
    public void Where_the_server_does_not_tell_the_length_nobody_knows_it()
    {
        var given = false;
        var body = new ScriptedStream((buffer, _) =>
        {
            if (!given)
                Export.CopyTo(buffer);
            (given, var read) = (true, given ? 0 : Export.Length);
            return new(read);
        });
        using var download = new Download(Replies.Body(body));
        download.Run();
        Assert.That(download.Progress, Is.EqualTo([(1_000L, default(long?))]));
    }

    private static Reply Whole(string? tag) => Tagged(Replies.Bytes(Export), tag);

    private static Reply Breaking(string? tag, int after) => BreakingOf(Export, tag, after);

    private static Reply BreakingOf(byte[] export, string? tag, int after) =>
        Tagged(Replies.Body(ScriptedStream.Breaking(export[..after], new IOException("reset")), export.Length), tag);

    /// <summary>Sends the next bytes of those that the request asks for; then the connection ends.</summary>
    private static Reply Next(byte[] export, string? tag, int length) => (request, cancellationToken) =>
    {
        var from = request.Header("Range") is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        var reply = Tagged(Replies.Body(new MemoryStream(export, from, length), export.Length - from, from == 0 ? 200 : 206), tag);
        return (from == 0 ? reply : Ranged(reply, from, export.Length))(request, cancellationToken);
    };

    private static Reply Part(string tag, int from) => Ranged(Tagged(Replies.Bytes(Export[from..], status: 206), tag), from, Export.Length);

    private static Reply BreakingPart(string tag, int from, int length) =>
        Ranged(Tagged(Replies.Body(ScriptedStream.Breaking(Export[from..(from + length)], new IOException("reset")), Export.Length - from, 206), tag), from, Export.Length);

    private static Reply Tagged(Reply reply, string? tag) => tag is null ? reply : reply.With("ETag", tag);

    private static Reply Ranged(Reply reply, int from, int total) => async (request, cancellationToken) =>
    {
        var response = await reply(request, cancellationToken);
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, total - 1, total);
        return response;
    };

    /// <summary>Downloads from a server that sends these replies in sequence.</summary>
    private sealed class Download : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly ApiHarness api = new();

        public Download(params Reply[] replies) => api.Server.Next(replies);

        public string Path => folder.File("export.zip");

        public IReadOnlyList<SentRequest> Requests => api.Server.Requests;

        public List<(long Received, long? Total)> Progress { get; } = [];

        public long Moved { get; private set; }

        public byte[] Run()
        {
            var download = new ExportDownload(api.Connection, () => Address, Path, (received, total) => Progress.Add((received, total)));
            download.OpenWhole(CancellationToken.None).Dispose();
            Moved = download.BytesMoved;
            return File.ReadAllBytes(Path);
        }

        public void Dispose()
        {
            api.Dispose();
            folder.Dispose();
        }
    }
}

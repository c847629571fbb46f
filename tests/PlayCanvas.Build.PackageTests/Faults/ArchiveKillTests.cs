using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>
/// Kills builds that archive the 40 branches of a project, and checks each time that every file with a final name is whole, and that the next build
/// completes the archives. <c>ARCHIVE_KILLS</c> sets the number of kills, <c>SEED</c> the random instants.
/// </summary>
public sealed partial class ArchiveKillTests : FaultFixture
{
    private const int Branches = 40;

    private readonly Random random = new(Effort.Seed);
    private ConsumerProject project = null!;

    private static IEnumerable<TestCaseData> Kills => LongTests.Repeat("ARCHIVE_KILLS", few: 1, all: 50);

    private string Archives => project.PathOf("artifacts/playcanvas-archives");

    private IReadOnlyList<string> Files => Directory.Exists(Archives) ? [.. Directory.EnumerateFiles(Archives).Where(file => Path.GetFileName(file) != ".lock")] : [];

    private IEnumerable<string> Zips => Files.Where(file => Path.GetExtension(file) == ".zip");

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        (options.JobDuration, options.GameFiles, options.GameSize) = (TimeSpan.Zero, 20, 400_000);
        return options;
    }

    [TestCaseSource(nameof(Kills))]
    public async Task NoBrokenFileHasAFinalName(int kills)
    {
        project = Console().WithGame();
        (await project.RunAsync("restore")).AssertClean();
        while (Sandbox.World.Branches.Count(branch => branch.ProjectId == World.ProjectId && !branch.Closed) < Branches)
            Sandbox.World.AddBranch(string.Create(CultureInfo.InvariantCulture, $"feature/{Sandbox.World.Branches.Count}"));
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();
        var tooLate = 0;

        for (var round = 0; states.Values.Sum() < kills; round++)
        {
            Sandbox.World.ChangeGame(game => game.With("round.txt", $"round {round}"));
            var jobs = Sandbox.World.Jobs.Count;
            Sandbox.Requests.Clear();
            if (!await KillAsync(exports: random.Next(0, Branches + 1)))
            {
                Assert.That(++tooLate, Is.LessThan(10 + kills), "Builds that had ended before they could be killed");
                continue;
            }

            var state = FindState();
            states[state] = states.GetValueOrDefault(state) + 1;
            faults.AddRange(FindBrokenFiles().Select(fault => $"round {round}, after the kill: {fault}"));
            (await Archive()).AssertClean();
            faults.AddRange(FindBrokenFiles().Concat(FindMissing()).Select(fault => $"round {round}, after the next build: {fault}"));
            Print($"round {round}: killed after {jobs} jobs; {state}");
        }

        Print($"{kills} kills, seed {Effort.Seed}; {tooLate} more came after the work was done\n{string.Join('\n', states.Select(state => $"| {state.Key} | {state.Value} |"))}");
        Assert.That(faults, Is.Empty);
    }

    private Task<CommandResult> Archive() => project.RunAsync(Command);

    private static readonly string[] Command = ["msbuild", "-nologo", "-t:PlayCanvasArchiveProject", "-p:PlayCanvasArchiveBranches=*"];

    /// <summary>Kills a build at a random instant after it has requested some archives. Returns false if the build ends first.</summary>
    private async Task<bool> KillAsync(int exports)
    {
        using var kill = new CancellationTokenSource();
        var run = Prepare(project.Folder, Command).ExecuteAsync(kill.Token).Task;
        var moment = new Moment("requested", () => exports == 0 ? Sandbox.Requests.Count > 0 : Sandbox.Requests.Of("POST", "/api/projects/*/export").Count >= exports);
        if (await moment.ComesBeforeAsync(run))
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 100));
        var wasRunning = !run.IsCompleted;
        await kill.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // The build and all processes that it had started were killed.
        }

        return wasRunning;
    }

    private string FindState()
    {
        if (Files.Any(file => file.EndsWith(".json.tmp", StringComparison.Ordinal)))
            return "a verified archive that does not have its names yet";
        if (Files.Any(file => file.EndsWith(".zip.tmp", StringComparison.Ordinal)))
            return "an incomplete archive";
        return Zips.Any() ? "complete archives only" : "nothing";
    }

    /// <summary>Each zip file is whole, and each description is that of the zip file beside it.</summary>
    private IEnumerable<string> FindBrokenFiles()
    {
        foreach (var zip in Zips)
        {
            if (FindDamage(zip) is { } damage)
                yield return $"{zip}: {damage}";
        }

        foreach (var file in Files.Where(file => Path.GetExtension(file) == ".json"))
        {
            var description = JsonNode.Parse(File.ReadAllText(file))!;
            var zip = Path.Combine(Archives, (string)description["file"]!);
            if (zip != Path.ChangeExtension(file, ".zip") || (string?)description["sha256"] != Sha256Of(zip))
                yield return $"{file} does not describe {zip}";
        }
    }

    private IEnumerable<string> FindMissing() =>
    [
        .. Files.Where(file => !OwnName().IsMatch(Path.GetFileName(file))).Select(file => $"{file} is left"),
        .. Zips.Count() == Branches ? Array.Empty<string>() : [$"{Zips.Count()} archives"],
        .. Zips.Where(zip => !File.Exists(Path.ChangeExtension(zip, ".json"))).Select(zip => $"{zip} has no description"),
    ];

    /// <summary>Reads every entry; .NET does not compare the checksums, so this does.</summary>
    private static string? FindDamage(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var damaged = zip.Entries.FirstOrDefault(entry => Crc32Of(Read(entry)) != entry.Crc32);
            return damaged is null ? zip.GetEntry("project.json") is null ? "no project.json" : null : $"{damaged.FullName} is damaged";
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static uint Crc32Of(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }

    private static string? Sha256Of(string path) => File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;

    [GeneratedRegex(@"^1234567-.*-[0-9a-f]{8}\.(zip|json)$")]
    private static partial Regex OwnName();
}

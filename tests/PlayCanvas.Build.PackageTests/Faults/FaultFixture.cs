using System.Collections.Immutable;
using System.Globalization;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Base of the tests of parallel and interrupted builds. The game has some hundred files, and rate limits do not interfere.</summary>
public abstract class FaultFixture : ConsumerFixture
{
    private const int GameFiles = 800;
    private const long GameSize = 4_000_000;

    private protected override SandboxOptions MakeOptions() => new()
    {
        StandInEngine = true,
        JobDuration = TimeSpan.FromMilliseconds(100),
        GameFiles = GameFiles,
        GameSize = GameSize,
        StrictLimit = int.MaxValue,
        NormalLimit = int.MaxValue,
    };

    private protected override bool BuildsInServers => false;

    private protected static void Print(string text) => TestContext.Progress.WriteLine(text);

    /// <summary>Changes the game to another version, and returns the content of an export of it.</summary>
    private protected async Task<ExportedGame> MakeVersionAsync(int version)
    {
        Sandbox.World.ChangeGame(game => Version(game, version));
        var zip = Path.Combine(Folder, "exported.zip");
        await ExportToAsync(zip);
        return ExportedGame.Read(zip);
    }

    /// <summary>Changes every second file, removes ten files, adds ten files, and changes the page.</summary>
    private static Game Version(Game game, int version)
    {
        var random = new Random(version);
        // Without this file no name has to be mapped, so the installed files equal the exported files byte for byte.
        game = game.Without("Armature|Run.glb") with { Title = $"Spinning Box {version}" };
        var names = game.Assets.Where(asset => asset.Type == "binary").Select(asset => asset.Name).ToImmutableArray();
        foreach (var name in names.Where((_, i) => i % 2 == version % 2))
            game = game.With(name, Bytes(random));
        foreach (var name in names[^10..])
            game = game.Without(name);
        for (var i = 0; i < 10; i++)
            game = game.With($"new {version}.{i}.bin", Bytes(random));
        return game.WithRootFile("version.txt", version.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(1, 20_000)];
        random.NextBytes(bytes);
        return bytes;
    }
}

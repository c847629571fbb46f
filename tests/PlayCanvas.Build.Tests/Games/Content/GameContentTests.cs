using NUnit.Framework;
using PlayCanvas.Build.Games.Content;
using PlayCanvas.Build.Tests.Exports;

namespace PlayCanvas.Build.Tests.Games.Content;

public sealed class GameContentTests : GameFixture
{
    private GameContent content = null!;

    private string Box => content.PathOf(content.Manifest.Files.Single(file => file.Path == SampleGame.BoxPath));

    [SetUp]
    public void InstallGame()
    {
        var game = new SampleGame();
        game.AddAsset(2, "files/2/Armature|Run.glb", "running");
        content = Install(game);
        foreach (var file in content.Manifest.Files)
            File.SetLastWriteTimeUtc(content.PathOf(file), LongAgo);
    }

    [Test]
    public void AContentThatNobodyTouchedIsIntact([Values] bool thorough) => Assert.That(IsIntact(thorough), Is.True);

    [Test]
    public void ADeletedFileIsNoticed([Values] bool thorough)
    {
        File.Delete(Box);
        Assert.That(IsIntact(thorough), Is.False);
    }

    [Test]
    public void A_deleted_original_of_an_adapted_file_is_noticed([Values] bool thorough)
    {
        File.Delete(content.ExportedPathOf(content.Manifest.Files.Single(file => file.IsAdapted)));
        Assert.That(IsIntact(thorough), Is.False);
    }

    [Test]
    public void AFileThatIsNewerAndTheSameDoesNoHarm([Values] bool thorough)
    {
        SetNewer(Box);
        Assert.That(IsIntact(thorough), Is.True);
    }

    [Test]
    public void AFileThatIsNewerAndDiffersIsNoticed([Values] bool thorough)
    {
        Damage(Box, "A BOX");
        SetNewer(Box);
        Assert.That(IsIntact(thorough), Is.False);
    }

    [Test]
    public void A_file_of_another_length_is_noticed_whatever_its_time([Values] bool thorough)
    {
        Damage(Box, "a box or two");
        File.SetLastWriteTimeUtc(Box, LongAgo);
        Assert.That(IsIntact(thorough), Is.False);
    }

    [Test]
    public void An_older_file_of_the_same_length_is_noticed_only_if_all_bytes_are_compared([Values] bool thorough)
    {
        Damage(Box, "A BOX");
        File.SetLastWriteTimeUtc(Box, LongAgo.AddYears(-1));
        Assert.That(IsIntact(thorough), Is.EqualTo(!thorough));
    }

    [Test]
    public void A_file_that_another_program_holds_is_an_error_if_all_bytes_are_compared()
    {
        using var held = File.Open(Box, FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.That(() => IsIntact(thorough: true), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void AComparisonCanBeCancelled([Values] bool thorough) =>
        Assert.That(() => content.IsIntact(thorough, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    private bool IsIntact(bool thorough) => content.IsIntact(thorough, CancellationToken.None);

    private void SetNewer(string path) => File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(content.ManifestPath).AddHours(1));
}

using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class DependencyGraphTests
{
    [Test]
    public void A_chain_has_no_circle() => Assert.That(Circles("a b", "b c", "a c", "c d"), Is.Empty);

    [Test]
    public void A_part_does_not_depend_on_itself() => Assert.That(Circles("a a"), Is.Empty);

    [Test]
    public void A_circle_is_named() => Assert.That(Circles("start a", "a b", "b c", "c a", "c end"), Is.EqualTo(["a -> b -> c -> a"]));

    [Test]
    public void Of_connected_circles_the_shortest_is_named() => Assert.That(Circles("a b", "b c", "c a", "c b", "a c"), Is.EqualTo(["a -> c -> a"]));

    [Test]
    public void Separate_circles_are_all_named() => Assert.That(Circles("a b", "b a", "b c", "c d", "d c"), Is.EqualTo(["a -> b -> a", "c -> d -> c"]));

    private static IReadOnlyList<string> Circles(params string[] arrows)
    {
        var graph = new DependencyGraph();
        foreach (var arrow in arrows)
            graph.Add(arrow.Split(' ')[0], arrow.Split(' ')[1]);
        return graph.Circles();
    }
}

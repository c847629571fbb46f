using Mono.Cecil;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class LayerTests
{
    private const string Product = "PlayCanvas.Build";

    /// <summary>Each layer, and the layers below it that it may use.</summary>
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Tasks"] = ["Games", "Exports", "Api", "Files"],
        ["Games"] = ["Exports", "Api", "Files"],
        ["Exports"] = ["Api", "Files"],
        ["Api"] = ["Files"],
        ["Files"] = [],
    };

    [Test]
    public void ALayerUsesOnlyWhatIsBelowIt()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var wrong = ProductAssembly.TypesOf(module, Product)
            .SelectMany(ProductAssembly.TypesNamedIn, (user, used) => (User: LayerOf(user), Used: LayerOf(used), Text: $"{user.FullName} uses {used.FullName}"))
            .Where(use => use is { User: not null, Used: not null } && use.User != use.Used && !Layers[use.User].Contains(use.Used))
            .Select(use => use.Text)
            .Distinct();
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Without this, a test for forbidden arrows would pass even if it found no arrows at all.</summary>
    [Test]
    public void EachLayerUsesEveryLayerBelowIt()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var uses = ProductAssembly.TypesOf(module, Product)
            .SelectMany(ProductAssembly.TypesNamedIn, (user, used) => $"{LayerOf(user)} -> {LayerOf(used)}")
            .ToHashSet();
        Assert.That(Layers.SelectMany(layer => layer.Value, (layer, used) => $"{layer.Key} -> {used}"), Is.SubsetOf(uses));
    }

    [Test]
    public void OnlyTasksUseMSBuild()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var users = ProductAssembly.TypesOf(module, Product)
            .Where(type => ProductAssembly.TypesNamedIn(type).Any(used => used.Namespace.StartsWith("Microsoft.Build", StringComparison.Ordinal)))
            .Select(LayerOf)
            .Distinct();
        Assert.That(users, Is.EqualTo(["Tasks"]));
    }

    [Test]
    public void EveryTypeIsInALayer()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var outside = ProductAssembly.TypesOf(module, Product).Where(type => LayerOf(type) is not { } layer || !Layers.ContainsKey(layer));
        Assert.That(outside.Select(type => type.FullName), Is.Empty);
    }

    [Test]
    public void Namespaces_do_not_depend_on_each_other_in_a_circle()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        Assert.That(DependencyGraph.OfNamespaces(module, Product).Circles(), Is.Empty);
    }

    [TestCase("Games")]
    [TestCase("Exports")]
    [TestCase("Api")]
    [TestCase("Files")]
    public void Types_do_not_depend_on_each_other_in_a_circle(string layer)
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        Assert.That(DependencyGraph.OfTypes(module, $"{Product}.{layer}").Circles(), Is.Empty);
    }

    [Test]
    public void NothingThatChangesIsStatic()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var changing = ProductAssembly.TypesOf(module, Product)
            .Where(type => !type.Name.StartsWith('<'))
            .SelectMany(type => type.Fields)
            .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false })
            .Select(field => field.FullName);
        Assert.That(changing, Is.Empty);
    }

    /// <summary>Returns the part of the namespace after the product's; null for a type of another assembly, or of no layer.</summary>
    private static string? LayerOf(TypeReference type)
    {
        var name = ProductAssembly.NamespaceOf(type);
        return name.StartsWith(Product + ".", StringComparison.Ordinal) ? name.Split('.')[2] : null;
    }
}

using Mono.Cecil;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class LayerTests
{
    private const string Api = "PlayCanvas.Build.Api";
    private const string Exports = "PlayCanvas.Build.Exports";
    private const string Files = "PlayCanvas.Build.Files";
    private const string Tasks = "PlayCanvas.Build.Tasks";

    [TestCase(Api, "Microsoft.Build")]
    [TestCase(Exports, "Microsoft.Build")]
    [TestCase(Api, Exports)]
    [TestCase(Api, Tasks)]
    [TestCase(Exports, Tasks)]
    [TestCase(Files, "Microsoft.Build")]
    [TestCase(Files, Api)]
    [TestCase(Files, Exports)]
    [TestCase(Files, Tasks)]
    public void ALayerKnowsNothingOf(string layer, string other) => Assert.That(Uses(layer, other), Is.Empty);

    [TestCase(Tasks, "Microsoft.Build")]
    [TestCase(Tasks, Exports)]
    [TestCase(Tasks, Api)]
    [TestCase(Exports, Api)]
    [TestCase(Exports, Files)]
    [TestCase(Api, Files)]
    public void ALayerKnowsWhatIsBelowIt(string layer, string other) => Assert.That(Uses(layer, other), Is.Not.Empty);

    [Test]
    public void EveryTypeIsInALayer()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var outside = module.Types
            .Where(type => type.Namespace.StartsWith("PlayCanvas", StringComparison.Ordinal) && !IsIn(type.Namespace, Api) && !IsIn(type.Namespace, Exports) && !IsIn(type.Namespace, Files) && !IsIn(type.Namespace, Tasks))
            .Select(type => type.FullName);
        Assert.That(outside, Is.EquivalentTo(["PlayCanvas.Build.ReadOnlyStream", "PlayCanvas.Build.IClock", "PlayCanvas.Build.SystemClock", "PlayCanvas.Build.ClockExtensions"]));
    }

    [Test]
    public void NothingThatChangesIsStatic()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var changing = ProductAssembly.TypesOf(module, "PlayCanvas.Build")
            .Where(type => !type.Name.StartsWith('<'))
            .SelectMany(type => type.Fields)
            .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false })
            .Select(field => field.FullName);
        Assert.That(changing, Is.Empty);
    }

    [TestCase("System.Console::")]
    [TestCase("System.Environment::Exit")]
    [TestCase("System.Environment::SetEnvironmentVariable")]
    [TestCase("System.Environment::get_CurrentDirectory")]
    [TestCase("System.Environment::set_CurrentDirectory")]
    [TestCase("System.IO.Directory::GetCurrentDirectory")]
    [TestCase("System.IO.Directory::SetCurrentDirectory")]
    [TestCase("System.Diagnostics.Process::Start")]
    [TestCase("System.Net.ServicePointManager::set_")]
    public void NothingOfTheWholeProcessIsTouched(string member)
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        Assert.That(module.GetMemberReferences().Select(reference => reference.FullName), Has.None.Contains(member));
    }

    private static List<string> Uses(string layer, string other)
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        return
        [
            .. from type in ProductAssembly.TypesOf(module, layer)
               from named in ProductAssembly.TypesNamedIn(type)
               where IsIn(ProductAssembly.NamespaceOf(named), other)
               select $"{type.FullName} names {named.FullName}",
        ];
    }

    private static bool IsIn(string name, string @namespace) =>
        name == @namespace || name.StartsWith(@namespace + ".", StringComparison.Ordinal);
}

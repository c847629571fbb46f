using System.Reflection;
using Mono.Cecil;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

/// <summary>
/// The package is compiled against a newer MSBuild than the oldest one that loads it, and against a newer Newtonsoft.Json than an SDK may contain. A
/// call of a member that only the newer one has fails there.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class OldestHostTests
{
    private const string Json = "Newtonsoft.Json";

    private static readonly string[] MSBuild = ["Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core"];

    [Test]
    public void EveryTypeThatWeNameIsThere() =>
        Assert.That(Missing(module => module.GetTypeReferences(), type => type.Resolve()), Is.Empty);

    [Test]
    public void EveryMemberThatWeNameIsThere() =>
        Assert.That(Missing(module => module.GetMemberReferences(), Resolve), Is.Empty);

    [Test]
    public void OurReferencesAreFound()
    {
        using var module = Read();
        var names = module.GetMemberReferences().Where(member => IsOfHost(member.DeclaringType)).Select(member => member.Name).ToList();
        Assert.That(names, Is.SupersetOf(["get_Log", "SetMetadataValueLiteral", "WriteStartArray"]));
    }

    [Test]
    public void WhatIsNewerIsMissed()
    {
        using var module = Read();
        var framework = module.AssemblyReferences.Single(reference => reference.Name == "Microsoft.Build.Framework");
        var newer = new TypeReference("Microsoft.Build.Framework", "TaskEnvironment", module, framework);
        Assert.That(newer.Resolve(), Is.Null);
    }

    [Test]
    public void NoOtherPartOfMSBuildIsNamed()
    {
        using var module = Read();
        var names = module.AssemblyReferences.Select(reference => reference.Name).Where(name => name.StartsWith("Microsoft.", StringComparison.Ordinal));
        Assert.That(names, Is.EquivalentTo(MSBuild));
    }

    private static List<string> Missing<T>(Func<ModuleDefinition, IEnumerable<T>> references, Func<T, object?> resolve)
        where T : MemberReference
    {
        using var module = Read();
        return
        [
            .. references(module)
                .Where(reference => IsOfHost(reference as TypeReference ?? reference.DeclaringType) && resolve(reference) is null)
                .Select(reference => reference.FullName),
        ];
    }

    /// <summary>Searches the type and its base types for the member by name and signature. Returns null if the member does not exist.</summary>
    private static IMemberDefinition? Resolve(MemberReference member)
    {
        try
        {
            return member.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            // The search reached a base type outside these assemblies.
            return null;
        }
    }

    private static bool IsOfHost(TypeReference type) => MSBuild.Append(Json).Contains(type.GetElementType().Scope.Name);

    /// <summary>Reads the assembly of the package with the assemblies of the oldest host instead of those it was compiled against.</summary>
    private static ModuleDefinition Read()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (var folder in resolver.GetSearchDirectories())
            resolver.RemoveSearchDirectory(folder);
        foreach (var assembly in MSBuild)
            resolver.AddSearchDirectory(Path.Combine(Metadata("NuGetPackageRoot"), assembly.ToLowerInvariant(), Metadata("OldestMSBuild"), "ref", "netstandard2.0"));
        resolver.AddSearchDirectory(Path.Combine(Metadata("NuGetPackageRoot"), Json.ToLowerInvariant(), Metadata("OldestJson"), "lib", "netstandard2.0"));
        return ModuleDefinition.ReadModule(ProductAssembly.Location, new ReaderParameters { AssemblyResolver = resolver });
    }

    private static string Metadata(string key) =>
        typeof(OldestHostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

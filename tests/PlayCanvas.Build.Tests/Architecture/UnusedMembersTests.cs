using Mono.Cecil;
using NUnit.Framework;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class UnusedMembersTests
{
    /// <summary>
    /// The compiler reports unused private members only. Not counted: what MSBuild and Json.NET call, what overrides or implements something, and
    /// what the compiler generates.
    /// </summary>
    [Test]
    public void No_internal_method_is_used_by_tests_only()
    {
        using var module = ModuleDefinition.ReadModule(ProductAssembly.Location);
        var types = ProductAssembly.TypesOf(module, "PlayCanvas.Build").ToList();
        var used = types.SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(Called).ToHashSet();
        var unused = types.Where(type => !type.Name.Contains('<')).SelectMany(type => type.Methods).Where(IsCounted).Where(method => !used.Contains(method));
        Assert.That(unused.Select(method => method.FullName), Is.Empty);
    }

    /// <summary>Returns the methods that a method calls or makes a delegate of, without itself.</summary>
    private static IEnumerable<MethodDefinition> Called(MethodDefinition method) => method.Body.Instructions
        .Select(instruction => instruction.Operand)
        .OfType<MethodReference>()
        .Where(called => called.DeclaringType.GetElementType() is TypeDefinition)
        .Select(called => called.Resolve())
        .Where(called => called != method);

    private static bool IsCounted(MethodDefinition method) =>
        !method.IsVirtual && !method.IsConstructor && !method.IsSetter && !method.Name.Contains('<')
        && method.CustomAttributes.All(attribute => attribute.AttributeType.Name != "CompilerGeneratedAttribute" || method.IsGetter)
        && !(method.IsPublic && method.DeclaringType.IsPublic);
}

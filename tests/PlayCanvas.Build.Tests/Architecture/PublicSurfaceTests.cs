using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Architecture;

[Parallelizable(ParallelScope.All)]
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] PublicTypes = typeof(PlayCanvasTask).Assembly.GetExportedTypes();

    [Test]
    public void NothingButTasksIsPublic() => Assert.That(PublicTypes.Where(type => !typeof(ITask).IsAssignableFrom(type)), Is.Empty);

    [Test]
    public void ThereAreTheTasksThatUsersMayCall() =>
        Assert.That(
            PublicTypes.Where(type => !type.IsAbstract).Select(type => type.Name),
            Is.SupersetOf(["PlayCanvasDownloadApp", "PlayCanvasListApps", "PlayCanvasPublishApp"]));

    [Test]
    public void EveryTaskThatCanBeMadeIsSealed() =>
        Assert.That(PublicTypes.Where(type => type is { IsAbstract: false, IsSealed: false }), Is.Empty);

    [Test]
    public void EveryTaskMayRunBesideOthers() =>
        Assert.That(
            PublicTypes.Where(type => !type.IsAbstract && type.CustomAttributes.All(attribute => attribute.AttributeType.FullName != "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute")),
            Is.Empty);

    [Test]
    public void Tasks_have_no_public_members_but_parameters_and_what_MSBuild_calls()
    {
        var methods = PublicTypes.SelectMany(type => type.GetMethods(Declared)).Where(method => !method.IsSpecialName).Select(method => method.Name).Distinct();
        Assert.That(methods, Is.SubsetOf(["Execute", "Cancel", "Dispose"]));
        Assert.That(PublicTypes.SelectMany(type => type.GetFields(Declared)), Is.Empty);
    }

    [Test]
    public void NoParameterTakesTheToken() =>
        Assert.That(
            PublicTypes.SelectMany(type => type.GetProperties(Declared)).Select(property => property.Name).Where(name => name.Contains("Token", StringComparison.Ordinal)).Distinct(),
            Is.SubsetOf(["AccessTokenVariable", "AccessTokenFile"]));

    [Test]
    public void EveryPublicMemberIsDocumented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(ProductAssembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Elements().Any(element => element.Name == "inheritdoc" || element.Value.Trim().Length > 0))
            .Select(member => member.Attribute("name")!.Value.Split('(')[0])
            .ToHashSet();
        var members = PublicTypes.Select(type => $"T:{type.FullName}")
            .Concat(PublicTypes.SelectMany(type => type.GetProperties(Declared), (type, property) => $"P:{type.FullName}.{property.Name}"))
            .Concat(PublicTypes.SelectMany(type => type.GetMethods(Declared).Where(method => !method.IsSpecialName), (type, method) => $"M:{type.FullName}.{method.Name}"));
        Assert.That(members.Except(documented), Is.Empty);
    }
}

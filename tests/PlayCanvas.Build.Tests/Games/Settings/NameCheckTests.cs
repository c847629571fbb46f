// Misspelt on purpose. cspell:ignore Scnes playcanvasbranch playcanvasmine Updat

using System.Xml.Linq;
using NUnit.Framework;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tests.Games.Settings;

[Parallelizable(ParallelScope.All)]
public sealed class NameCheckTests
{
    [TestCase("PlayCanvasScene", "PlayCanvasScenes")]
    [TestCase("PlayCanvasScnes", "PlayCanvasScenes")]
    [TestCase("PlayCanvasVersion", "PlayCanvasAppVersion")]
    [TestCase("PlayCanvasDownload", "PlayCanvasDownloadOnBuild")]
    [TestCase("PlayCanvasSomethingElse", null)]
    public void AnUnknownPropertyIsFound(string name, string? nearest) =>
        Assert.That(Find($"<PropertyGroup><{name}>x</{name}></PropertyGroup>"), Is.EqualTo(new[] { (name, nearest) }));

    [TestCase("<PropertyGroup><PlayCanvasScenes>Main</PlayCanvasScenes><playcanvasbranch>main</playcanvasbranch></PropertyGroup>")]
    [TestCase("<PropertyGroup><PlayCanvasDownloadAppDependsOn>Mine</PlayCanvasDownloadAppDependsOn></PropertyGroup>")]
    [TestCase("<PropertyGroup><MyPlayCanvasThing>x</MyPlayCanvasThing><Version>1</Version></PropertyGroup>")]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="a" Exclude="b" Condition="true" Scenes="Main" branch="main"><AppName>A</AppName></PlayCanvasGame></ItemGroup>""")]
    [TestCase("""<ItemGroup><PlayCanvasGame Update="a" ApiUrl="https://example.test/" /><PlayCanvasConnection Update="PlayCanvas" MaxRetries="1" /></ItemGroup>""")]
    [TestCase("""<ItemGroup><PlayCanvasContentType Include=".x" ContentType="text/plain" /></ItemGroup>""")]
    [TestCase("""<Target Name="T"><PlayCanvasDownloadApp Game="@(PlayCanvasGame)" /></Target>""")]
    [TestCase("<!-- <PropertyGroup><PlayCanvasScene>x</PlayCanvasScene></PropertyGroup> -->")]
    public void AKnownNameIsNotFound(string xml) => Assert.That(Find(xml), Is.Empty);

    [TestCase("""<ItemGroup><PlayCanvasGame Include="a" Scene="Main" /></ItemGroup>""", "Scene", "Scenes")]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="a"><Scene>Main</Scene></PlayCanvasGame></ItemGroup>""", "Scene", "Scenes")]
    [TestCase("""<ItemGroup><playCanvasGame Include="a" Title="x" /></ItemGroup>""", "Title", null)]
    [TestCase("<ItemDefinitionGroup><PlayCanvasGame><AppNames>x</AppNames></PlayCanvasGame></ItemDefinitionGroup>", "AppNames", "AppName")]
    [TestCase("""<ItemGroup><PlayCanvasConnection Update="x" Scenes="Main" /></ItemGroup>""", "Scenes", null)]
    [TestCase("""<ItemGroup><PlayCanvasGames Include="a" Anything="x" /></ItemGroup>""", "PlayCanvasGames", "PlayCanvasGame")]
    [TestCase("""<Target Name="T"><PropertyGroup><PlayCanvasScene>x</PlayCanvasScene></PropertyGroup></Target>""", "PlayCanvasScene", "PlayCanvasScenes")]
    public void UnknownMetadataAndItemsAreFound(string xml, string name, string? nearest) => Assert.That(Find(xml), Is.EqualTo(new[] { (name, nearest) }));

    [Test]
    public void NamesOfTheProjectAreKnown() =>
        Assert.That(
            Find("""<PropertyGroup><PlayCanvasMine>x</PlayCanvasMine></PropertyGroup><ItemGroup><PlayCanvasGame Include="a" Title="x" /></ItemGroup>""", "playcanvasmine", "Title"),
            Is.Empty);

    [Test]
    public void GlobalPropertiesAreChecked()
    {
        var found = new NameCheck([]).InProperties(["Configuration", "PlayCanvasUpdate", "PlayCanvasUpdat"]);
        Assert.That(found, Is.EqualTo(new[] { new UnknownName("PlayCanvasUpdat", "PlayCanvasUpdate", 0) }));
    }

    [Test]
    public void TheLineOfANameIsKnown()
    {
        var found = new NameCheck([]).InProject(Load("<PropertyGroup>\n  <PlayCanvasScene>x</PlayCanvasScene>\n</PropertyGroup>"));
        Assert.That(found.Single().Line, Is.EqualTo(2));
    }

    [TestCase("""<ItemGroup><PlayCanvasGame Include="game" Exclude="Debug*" /></ItemGroup>""", 1)]
    [TestCase("""<Target Name="T"><ItemGroup><playCanvasGame Include="game" Exclude="tag:debug"><Scenes>Main</Scenes></playCanvasGame></ItemGroup></Target>""", 1)]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="game"><Exclude>Debug*</Exclude></PlayCanvasGame></ItemGroup>""", 0)]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="@(Game)" Exclude="old" /></ItemGroup>""", 0)]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="$(Games)" Exclude="old" /></ItemGroup>""", 0)]
    [TestCase("""<ItemGroup><PlayCanvasGame Include="a;b;c" Exclude="b" /></ItemGroup>""", 0)]
    [TestCase("""<ItemGroup><Compile Include="a.cs" Exclude="b.cs" /></ItemGroup>""", 0)]
    public void AnAttributeThatBelongsToMSBuildIsFound(string xml, int count)
    {
        Assert.That(new NameCheck([]).ExcludeAttributesIn(Load(xml)).ToList(), Is.EqualTo(Enumerable.Repeat(1, count)));
        Assert.That(new NameCheck(["Exclude"]).ExcludeAttributesIn(Load(xml)), Is.Empty);
    }

    private static IEnumerable<(string, string?)> Find(string xml, params string[] own) =>
        new NameCheck(own).InProject(Load(xml)).Select(name => (name.Name, name.Nearest));

    private static XDocument Load(string xml) => XDocument.Parse($"<Project>{xml}</Project>", LoadOptions.SetLineInfo);
}

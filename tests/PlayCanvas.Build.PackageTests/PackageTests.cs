using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Resources;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PlayCanvas.Build.PackageTests.Infrastructure;

namespace PlayCanvas.Build.PackageTests;

/// <summary>Tests the contents of the package.</summary>
public sealed partial class PackageTests
{
    private const string ApprovedContents = "nuget/package-contents.txt";
    private const string TaskAssembly = "tools/netstandard2.0/PlayCanvas.Build.dll";

    [Test]
    public async Task HoldsTheApprovedFiles()
    {
        var listed = await File.ReadAllLinesAsync(Repository.PathOf(ApprovedContents));
        var pages = Directory.GetFiles(Repository.PathOf("docs/diagnostics")).Select(page => "docs/diagnostics/" + Path.GetFileName(page));
        var approved = listed.Concat(pages).ToList();

        var actual = (await ReadAsync()).Keys.Where(IsOfThePackage).Order(StringComparer.Ordinal).ToList();

        var changes = actual.Except(approved).Select(file => "+ " + file).Concat(approved.Except(actual).Select(file => "- " + file)).ToList();
        Assert.That(changes, Is.Empty, $"If the package should contain these files, apply these lines to {ApprovedContents}:\n{string.Join('\n', changes)}\n");
        Assert.That(listed, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public async Task BringsNoAssemblyThatTheHostHas()
    {
        var assemblies = (await ReadAsync()).Keys.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).Select(Path.GetFileName);

        Assert.That(assemblies.Distinct(), Is.EquivalentTo(["PlayCanvas.Build.dll", "Newtonsoft.Json.dll", "PlayCanvas.Hosting.dll"]));
    }

    /// <summary>
    /// The native code of a ready-to-run assembly is for one system: .NET combines the number of its processor with a number of the system
    /// (https://github.com/dotnet/runtime/blob/main/docs/design/coreclr/botr/readytorun-format.md).
    /// </summary>
    [TestCase("linux-x64", Machine.Amd64, 0x7B79)]
    [TestCase("osx-arm64", Machine.Arm64, 0x4644)]
    [TestCase("win-x64", Machine.Amd64, 0)]
    public async Task The_tasks_are_compiled_ahead_of_time(string system, Machine processor, int numberOfTheSystem)
    {
        var contents = await ReadAsync();
        using var compiled = new PEReader(new MemoryStream(contents[$"tools/net8.0/{system}/PlayCanvas.Build.dll"]));
        using var tasks = new PEReader(new MemoryStream(contents["tools/net8.0/PlayCanvas.Build.dll"]));

        Assert.That((int)compiled.PEHeaders.CoffHeader.Machine, Is.EqualTo((int)processor ^ numberOfTheSystem));
        Assert.That(compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Positive);
        Assert.That(ModuleId(compiled), Is.EqualTo(ModuleId(tasks)));
    }

    [Test]
    public async Task SaysWhatItIs()
    {
        var contents = await ReadAsync();
        using var text = new MemoryStream(contents["PlayCanvas.Build.nuspec"]);
        var metadata = XDocument.Load(text).Root!.Elements().First(element => element.Name.LocalName == "metadata").Elements()
            .ToDictionary(element => element.Name.LocalName);

        Assert.That(metadata, Does.Not.ContainKey("dependencies"));
        Assert.That(metadata["developmentDependency"].Value, Is.EqualTo("true"));
        Assert.That(metadata["license"].Value, Is.EqualTo("MIT"));
        Assert.That(metadata["license"].Attribute("type")?.Value, Is.EqualTo("expression"));
        Assert.That(metadata["repository"].Attribute("type")?.Value, Is.EqualTo("git"));
        Assert.That(metadata["repository"].Attribute("url")?.Value, Does.StartWith("https://github.com/").And.EndsWith("/PlayCanvas.Build"));
        Assert.That(contents.Keys, Does.Contain(metadata["readme"].Value).And.Contain(metadata["icon"].Value).And.Contain("LICENSE"));
        Assert.That(metadata["description"].Value, Is.Not.Empty);
        Assert.That(metadata["tags"].Value, Does.Contain("playcanvas").And.Contain("msbuild"));
    }

    [Test]
    [Category(LongTests.Category)]
    public async Task IsTheSameWheneverItIsPacked()
    {
        var feed = Path.Combine(TestRun.Current.Root, "again");
        await TestRun.Current.PackAsync(feed);

        var first = await ReadAsync();
        var second = await ReadAsync(Directory.GetFiles(feed).Single());

        Directory.Delete(feed, recursive: true);
        Assert.That(second.Keys.Where(IsOfThePackage), Is.EquivalentTo(first.Keys.Where(IsOfThePackage)));
        Assert.That(first.Where(file => IsOfThePackage(file.Key) && !file.Value.AsSpan().SequenceEqual(second[file.Key])).Select(file => file.Key), Is.Empty, "Files that differ");
    }

    [Test]
    public async Task Every_diagnostic_has_a_page_and_every_page_a_diagnostic()
    {
        var contents = await ReadAsync();
        var targets = contents.Where(file => file.Key.StartsWith("build/", StringComparison.Ordinal)).Select(file => System.Text.Encoding.UTF8.GetString(file.Value));
        var inTargets = targets.SelectMany(text => Code().Matches(text).Select(match => match.Value));

        var pages = contents.Keys.Where(file => Page().IsMatch(file)).Select(Path.GetFileNameWithoutExtension);

        Assert.That(pages, Is.EquivalentTo(CodesIn(contents[TaskAssembly]).Concat(inTargets).Distinct()));
    }

    [Test]
    public async Task EveryErrorOfTheTargetsLeadsToItsPage()
    {
        var targets = (await ReadAsync()).Where(file => Path.GetExtension(file.Key) == ".targets")
            .Select(file => XDocument.Parse(System.Text.Encoding.UTF8.GetString(file.Value).TrimStart('\uFEFF')))
            .ToList();

        var links = targets.SelectMany(file => file.Descendants("Error").Concat(file.Descendants("Warning")))
            .Select(error => (Code: error.Attribute("Code")?.Value, Link: error.Attribute("HelpLink")?.Value))
            .ToList();

        Assert.That(links, Is.Not.Empty);
        Assert.That(links.Select(error => error.Link), Is.EqualTo(links.Select(error => $"$(_PlayCanvasHelpUrl){error.Code}.md")));
        Assert.That(
            targets.SelectMany(file => file.Descendants("_PlayCanvasHelpUrl")).Select(url => url.Value),
            Is.EqualTo(["https://github.com/playcanvas-build/PlayCanvas.Build/blob/main/docs/diagnostics/"]));
    }

    private static Guid ModuleId(PEReader assembly)
    {
        var metadata = assembly.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static bool IsOfThePackage(string entry) =>
        !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml";

    private static Task<Dictionary<string, byte[]>> ReadAsync() => ReadAsync(TestRun.Current.PackagePath);

    private static async Task<Dictionary<string, byte[]>> ReadAsync(string path)
    {
        await using var package = await ZipFile.OpenReadAsync(path);
        var contents = new Dictionary<string, byte[]>();
        foreach (var entry in package.Entries)
        {
            await using var stream = await entry.OpenAsync();
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            contents.Add(Uri.UnescapeDataString(entry.FullName), memory.ToArray());
        }

        return contents;
    }

    /// <summary>The codes for which the assembly has texts.</summary>
    private static List<string> CodesIn(byte[] assembly)
    {
        var context = new AssemblyLoadContext("texts", isCollectible: true);
        using var image = new MemoryStream(assembly);
        var loaded = context.LoadFromStream(image);
        using var texts = loaded.GetManifestResourceStream(loaded.GetManifestResourceNames().Single(name => name.EndsWith("DiagnosticTexts.resources", StringComparison.Ordinal)))!;
        using var reader = new ResourceReader(texts);
        var codes = reader.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Where(key => Code().IsMatch(key)).ToList();
        context.Unload();
        return codes;
    }

    [GeneratedRegex("PLAYCANVAS[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("^docs/diagnostics/PLAYCANVAS[0-9]{4}\\.md$")]
    private static partial Regex Page();
}

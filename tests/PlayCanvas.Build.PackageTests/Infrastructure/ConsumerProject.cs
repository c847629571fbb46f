using System.Security;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging.StructuredLogger;
using PlayCanvas.Sandbox;
using Task = System.Threading.Tasks.Task;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>A project that uses the package, written as a user would write it.</summary>
internal sealed class ConsumerProject
{
    private readonly ConsumerFixture test;
    private readonly string sdk;
    private readonly string extension = ".csproj";
    private readonly Dictionary<string, string> properties = [];
    private readonly List<string> fragments = [];
    private string packageReference = Reference(" PrivateAssets=\"all\"");

    private ConsumerProject(ConsumerProject other, string folder)
    {
        (test, sdk, extension, packageReference, Name, Folder) = (other.test, other.sdk, other.extension, other.packageReference, other.Name, folder);
        (properties, fragments) = (new(other.properties), [.. other.fragments]);
    }

    private ConsumerProject(ConsumerFixture test, string name, string sdk, string extension)
        : this(test, name, sdk) => this.extension = extension;

    private ConsumerProject(ConsumerFixture test, string name, string sdk)
    {
        this.test = test;
        this.sdk = sdk;
        Name = name;
        Folder = Path.Combine(test.Folder, name);
        Directory.CreateDirectory(Folder);
        Set("TargetFramework", "net10.0").Set("ImplicitUsings", "enable").Set("Nullable", "enable");
    }

    public string Name { get; }

    public string Folder { get; private init; }

    public string ProjectFile => Path.Combine(Folder, Name + extension);

    public static ConsumerProject Console(ConsumerFixture test, string name) => new ConsumerProject(test, name, "Microsoft.NET.Sdk")
        .Set("OutputType", "Exe")
        .WithFile("Program.cs", "Console.WriteLine(\"Hello\");\n");

    public static ConsumerProject Library(ConsumerFixture test, string name) => new ConsumerProject(test, name, "Microsoft.NET.Sdk")
        .WithFile("Library.cs", "public class Library;\n");

    public static ConsumerProject RazorLibrary(ConsumerFixture test, string name) => new ConsumerProject(test, name, "Microsoft.NET.Sdk.Razor")
        .Add("""<ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>""")
        .WithFile("Library.cs", "public class Library;\n");

    public static ConsumerProject Web(ConsumerFixture test, string name) => new ConsumerProject(test, name, "Microsoft.NET.Sdk.Web")
        .WithFile("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => "Hello");
            app.Run();

            """);

    /// <summary>Copies the project to another folder as a clone of its repository does: without what builds have made.</summary>
    public ConsumerProject Checkout(string folder) => CopyTo(folder, path => path.Split('/')[0] is not ("obj" or "bin"));

    /// <summary>Copies the whole folder of the project, including what builds have made.</summary>
    public ConsumerProject CopyTo(string folder) => CopyTo(folder, _ => true);

    private ConsumerProject CopyTo(string folder, Func<string, bool> isCopied)
    {
        Save();
        var copy = new ConsumerProject(this, Path.Combine(test.Folder, folder));
        foreach (var file in FilesIn(".").Where(isCopied))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy.PathOf(file))!);
            File.Copy(PathOf(file), copy.PathOf(file));
        }

        return copy;
    }

    public ConsumerProject Set(string property, string value)
    {
        properties[property] = value;
        return this;
    }

    public static ConsumerProject BlazorWebAssembly(ConsumerFixture test, string name)
    {
        var project = new ConsumerProject(test, name, "Microsoft.NET.Sdk.BlazorWebAssembly")
            // Trimming and compressing the framework would take a minute, and the tests do not cover them.
            .Set("PublishTrimmed", "false").Set("CompressionEnabled", "false")
            .Add("""<ItemGroup><PackageReference Include="Microsoft.AspNetCore.Components.WebAssembly" Version="10.0.*" /></ItemGroup>""")
            .WithFile("Program.cs", "await Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHostBuilder.CreateDefault(args).Build().RunAsync();\n");
        Directory.CreateDirectory(project.PathOf("wwwroot"));
        return project.WithFile("wwwroot/index.html", "<!DOCTYPE html><title>App</title>\n");
    }

    public static ConsumerProject VisualBasicWeb(ConsumerFixture test, string name) => new ConsumerProject(test, name, "Microsoft.NET.Sdk.Web", ".vbproj")
        .Unset("ImplicitUsings").Unset("Nullable")
        .WithFile("Program.vb", """
            Imports Microsoft.AspNetCore.Builder

            Module Program
                Sub Main(args As String())
                    Dim app = WebApplication.CreateBuilder(args).Build()
                    app.MapGet("/", New System.Func(Of String)(Function() "Hello"))
                    app.Run()
                End Sub
            End Module

            """);

    public ConsumerProject Unset(string property)
    {
        properties.Remove(property);
        return this;
    }

    /// <summary>Sets the properties that select the game of the sandbox.</summary>
    public ConsumerProject WithGame() => Set("PlayCanvasProjectId", $"{World.ProjectId}")
        .Set("PlayCanvasScenes", "Main;Level 2")
        .Set("PlayCanvasApiUrl", test.Sandbox.ApiUrl.AbsoluteUri);

    public ConsumerProject DownloadsOnBuild() => WithGame().Set("PlayCanvasDownloadOnBuild", "true");

    public ConsumerProject PublishesOnPublish() => WithGame().Set("PlayCanvasPublishOnPublish", "true");

    public ConsumerProject ForFrameworks(string frameworks) => Unset("TargetFramework").Set("TargetFrameworks", frameworks);

    public ConsumerProject WithoutPackage()
    {
        packageReference = "";
        return this;
    }

    /// <summary>References the package so that it also reaches projects that reference this project.</summary>
    public ConsumerProject WithPackageForAll()
    {
        packageReference = Reference("");
        return this;
    }

    public ConsumerProject RefersTo(ConsumerProject other) =>
        Add($"""<ItemGroup><ProjectReference Include="../{other.Name}/{other.Name}.csproj" /></ItemGroup>""");

    /// <summary>Adds XML to the project file.</summary>
    public ConsumerProject Add(string xml)
    {
        fragments.Add(xml);
        return this;
    }

    public ConsumerProject WithFile(string path, string content)
    {
        File.WriteAllText(PathOf(path), content);
        return this;
    }

    public string PathOf(string path) => Path.Combine(Folder, path);

    public bool Has(string path) => File.Exists(PathOf(path));

    /// <summary>Returns the files of a folder, sorted, by their paths relative to the folder.</summary>
    public IReadOnlyList<string> FilesIn(string folder) => Directory.Exists(PathOf(folder))
        ? [.. Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(PathOf(folder), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Returns the folder in <c>obj/</c> with the files of the content that the project uses, relative to the project's folder.</summary>
    public string ContentOf(string game = "game", string state = "obj/playcanvas") =>
        $"{state}/{game}/{File.ReadLines(PathOf($"{state}/{game}/game.uptodate.txt")).First()}";

    /// <summary>Returns the paths of the files of the content that the project uses, sorted; none when it uses none.</summary>
    public IReadOnlyList<string> GameFiles(string game = "game", string state = "obj/playcanvas") =>
        Has($"{state}/{game}/game.uptodate.txt") ? [.. FilesIn(ContentOf(game, state)).Select(GamePath).Order(StringComparer.Ordinal)] : [];

    /// <summary>Returns the full path of a file of the content that the project uses.</summary>
    public string GameFile(string file, string game = "game") => PathOf($"{ContentOf(game)}/{file.Replace('/', '^')}");

    /// <summary>Returns the path of a file in the game, of its name in <c>obj/</c>.</summary>
    public static string GamePath(string name) => name.Replace('^', '/');

    /// <summary>Returns the hash of each file in a folder, by its path; compressed forms beside a file are left out.</summary>
    public IReadOnlyDictionary<string, string> HashesIn(string folder) => FolderHashes.Of(PathOf(folder));

    /// <summary>Returns the hash of each file of the content that the project uses.</summary>
    public IReadOnlyDictionary<string, string> GameHashes(string game = "game") => HashesIn(ContentOf(game)).ToDictionary(file => GamePath(file.Key), file => file.Value);

    /// <summary>Writes the project file, unless its content is already right.</summary>
    public ConsumerProject Save()
    {
        var content = $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
            {string.Join('\n', properties.Select(property => $"    <{property.Key}>{SecurityElement.Escape(property.Value)}</{property.Key}>"))}
              </PropertyGroup>
            {packageReference}
            {string.Join('\n', fragments)}
            </Project>
            """;
        if (!File.Exists(ProjectFile) || File.ReadAllText(ProjectFile) != content)
            File.WriteAllText(ProjectFile, content);
        return this;
    }

    /// <summary>Runs <c>dotnet</c> in the folder of the project.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments)
    {
        Save();
        return test.RunAsync(Folder, arguments);
    }

    public async Task BuildAsync(params string[] arguments) => (await RunAsync(["build", .. arguments])).AssertClean();

    public async Task PublishAsync(params string[] arguments) => (await RunAsync(["publish", .. arguments])).AssertClean();

    /// <summary>Runs <c>dotnet</c> and returns the names of the package's tasks that it started.</summary>
    public async Task<IReadOnlyList<string>> TasksOfAsync(params string[] arguments)
    {
        var log = Path.Combine(Path.GetDirectoryName(Folder)!, Name + ".binlog");
        (await RunAsync([.. arguments, $"-bl:{log};ProjectImports=None"])).AssertSucceeded();
        return
        [
            .. BinaryLog.ReadRecords(log).Select(record => record.Args).OfType<TaskStartedEventArgs>()
                .Select(task => task.TaskName)
                .Where(task => task.StartsWith("PlayCanvas", StringComparison.Ordinal)),
        ];
    }

    private static string Reference(string attributes) => $"""
          <ItemGroup>
            <PackageReference Include="PlayCanvas.Build" Version="{TestRun.Current.PackageVersion}"{attributes} />
          </ItemGroup>
        """;
}

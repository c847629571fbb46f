using System.Xml.Linq;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Warns with PLAYCANVAS1027 of properties, items and metadata whose names the package does not know, since MSBuild ignores them.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCheckNames : PlayCanvasTask
{
    /// <summary>The full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Other files in which a project sets properties, such as <c>Directory.Build.props</c>. Files that do not exist are ignored.</summary>
    public ITaskItem[] ImportedFiles { get; set; } = [];

    /// <summary>The names that belong to the project itself.</summary>
    public ITaskItem[] KnownNames { get; set; } = [];

    /// <summary>
    /// The file that is written when all names are known; its time tells the next build when names were last checked. Default: none, for a dry run.
    /// </summary>
    public string? StampFile { get; set; }

    private protected override string ProjectPath => ProjectFile;

    private protected override void Run(CancellationToken cancellationToken)
    {
        var check = new NameCheck(KnownNames.Select(name => name.ItemSpec));
        var files = ImportedFiles.Select(item => item.GetMetadata("FullPath")).Where(File.Exists).Prepend(ProjectFile);
        var unknown = files.SelectMany(file => check.InProject(XDocument.Load(file, LoadOptions.SetLineInfo)).Select(name => (File: file, Name: name)))
            .Concat(check.InProperties(GlobalProperties).Select(name => (ProjectFile, name)))
            .ToList();
        foreach (var (file, name) in unknown)
            WarnOnce(file, name);
        if (unknown.Count == 0 && StampFile is { Length: > 0 } stamp)
            WriteStamp(stamp);
    }

    private IEnumerable<string> GlobalProperties => BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];

    /// <summary>Several instances of a project, such as one for each target framework, may check the same files in one build.</summary>
    private void WarnOnce(string file, UnknownName name)
    {
        var diagnostic = Diagnostic.NameUnknown(name.Name, name.Nearest is null ? "" : $" did you mean {name.Nearest}?");
        var key = (nameof(PlayCanvasCheckNames), file, name);
        if (BuildEngine is IBuildEngine4 engine)
        {
            if (engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not null)
                return;
            engine.RegisterTaskObject(key, diagnostic, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }

        Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, file, name.Line, 0, 0, 0, Redact(diagnostic.Text));
    }

    private static void WriteStamp(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}

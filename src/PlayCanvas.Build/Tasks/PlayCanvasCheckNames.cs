using System.Xml.Linq;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Warns with PLAYCANVAS1027 of properties, items and metadata whose names the package does not know, since MSBuild ignores them, and with
/// PLAYCANVAS1042 of an attribute <c>Exclude</c> that was meant as metadata.
/// </summary>
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
        var found = files.SelectMany(file => FindIn(file, check))
            .Concat(check.InProperties(GlobalProperties).Select(name => (File: ProjectFile, name.Line, Diagnostic: DiagnosticOf(name))))
            .ToList();
        foreach (var (file, line, diagnostic) in found)
            WarnOnce(file, line, diagnostic);
        if (found.Count == 0 && StampFile is { Length: > 0 } stamp)
            WriteStamp(stamp);
    }

    private static IEnumerable<(string File, int Line, DiagnosticMessage Diagnostic)> FindIn(string file, NameCheck check)
    {
        var project = XDocument.Load(file, LoadOptions.SetLineInfo);
        return check.InProject(project).Select(name => (file, name.Line, DiagnosticOf(name)))
            .Concat(check.ExcludeAttributesIn(project).Select(line => (file, line, Diagnostic.ExcludeIsAttribute())));
    }

    private static DiagnosticMessage DiagnosticOf(UnknownName name) => Diagnostic.NameUnknown(name.Name, name.Nearest is null ? "" : $" did you mean {name.Nearest}?");

    private IEnumerable<string> GlobalProperties => BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];

    /// <summary>Several instances of a project, such as one for each target framework, may check the same files in one build.</summary>
    private void WarnOnce(string file, int line, DiagnosticMessage diagnostic)
    {
        var key = (nameof(PlayCanvasCheckNames), file, line, diagnostic);
        if (BuildEngine is IBuildEngine4 engine)
        {
            if (engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not null)
                return;
            engine.RegisterTaskObject(key, diagnostic, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }

        Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, file, line, 0, 0, 0, Redact(diagnostic.Text));
    }

    private static void WriteStamp(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}

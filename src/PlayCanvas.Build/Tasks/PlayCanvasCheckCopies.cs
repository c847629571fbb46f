using System.Security.Cryptography;
using Microsoft.Build.Framework;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports PLAYCANVAS4013 when files with different content would be copied to the same path: the last one would win, file by file.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCheckCopies : PlayCanvasTask
{
    /// <summary>The full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The path of the game below the output folder, which the error names.</summary>
    [Required]
    public string GamePath { get; set; } = "";

    /// <summary>The files that would be copied to the same path. Files that do not exist are ignored.</summary>
    [Required]
    public ITaskItem[] Copies { get; set; } = [];

    private protected override string ProjectPath => ProjectFile;

    private protected override void Run(CancellationToken cancellationToken)
    {
        var contents = Copies.Select(copy => copy.GetMetadata("FullPath")).Where(File.Exists).Select(HashOf).Distinct();
        if (contents.Count() > 1)
            throw new DiagnosticException(Diagnostic.GamesClash(GamePath));
    }

    private static string HashOf(string path)
    {
        using var hash = SHA256.Create();
        using var content = File.OpenRead(path);
        return Convert.ToBase64String(hash.ComputeHash(content));
    }
}

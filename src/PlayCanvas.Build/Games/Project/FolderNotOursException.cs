namespace PlayCanvas.Build.Games.Project;

/// <summary>The game's folder contains files that this package did not install, or it belongs to another project.</summary>
internal sealed class FolderNotOursException(string folder, string reason) : Exception($"{folder}: {reason}")
{
    public string Folder { get; } = folder;

    public string Reason { get; } = reason;
}

using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Games.Folder;

/// <summary>The game's folder contains files that this package did not install, or it belongs to another project.</summary>
internal sealed class FolderNotOursException(string folder, string reason) : ExportException($"{folder}: {reason}")
{
    public string Folder { get; } = folder;

    public string Reason { get; } = reason;
}

/// <summary>A file could not be replaced because another program has it open.</summary>
internal sealed class FileInUseException(string path, Exception inner) : ExportException($"{path}: {inner.Message}", inner)
{
    public string Path { get; } = path;
}

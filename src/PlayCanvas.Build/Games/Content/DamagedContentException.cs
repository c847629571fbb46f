namespace PlayCanvas.Build.Games.Content;

/// <summary>A file of a content has been changed since it was installed.</summary>
internal sealed class DamagedContentException(string path) : Exception($"{path} is damaged.")
{
    public string Path { get; } = path;
}

using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace PlayCanvas.Hosting.Pipeline;

/// <summary>
/// The files below the web root without those of the games: <c>UseStaticFiles</c> would serve them without the headers, the compression and the content
/// types that the games' own endpoints give them.
/// </summary>
internal sealed class HiddenFolders(IFileProvider inner, IReadOnlyList<string> paths) : IFileProvider
{
    /// <summary>Hides the folders of games in the web root, unless they are hidden already.</summary>
    public static void HideIn(IWebHostEnvironment environment, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0 && environment.WebRootFileProvider is { } provider and not HiddenFolders)
            environment.WebRootFileProvider = new HiddenFolders(provider, paths);
    }

    public IFileInfo GetFileInfo(string subpath) => IsHidden(subpath) ? new NotFoundFileInfo(subpath) : inner.GetFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => IsHidden(subpath) ? NotFoundDirectoryContents.Singleton : inner.GetDirectoryContents(subpath);

    public IChangeToken Watch(string filter) => inner.Watch(filter);

    private bool IsHidden(string subpath)
    {
        foreach (var path in paths)
        {
            if (IsBelow(subpath, path))
                return true;
        }

        return false;
    }

    // Windows takes backslashes for slashes, and the provider removes slashes at the beginning. Repeated slashes are not a way around either: a provider
    // of the file system treats them as one.
    private static bool IsBelow(ReadOnlySpan<char> subpath, ReadOnlySpan<char> path)
    {
        var (at, start) = (0, true);
        foreach (var character in subpath)
        {
            if (IsSlash(character))
            {
                if (at == path.Length)
                    return true;
                if (!start)
                {
                    if (path[at] != '/')
                        return false;
                    at++;
                    start = true;
                }

                continue;
            }

            if (at == path.Length || char.ToUpperInvariant(character) != char.ToUpperInvariant(path[at]))
                return false;
            at++;
            start = false;
        }

        return at == path.Length;
    }

    private static bool IsSlash(char character) => character == '/' || (character == '\\' && OperatingSystem.IsWindows());
}

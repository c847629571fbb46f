using System.Globalization;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Api.Client;

/// <summary>Finds scenes and branches by name or id. An exact name takes precedence over an id.</summary>
internal static class ProjectSelection
{
    /// <summary>Stands for all scenes that are not listed by name or id.</summary>
    public const string AllOthers = "*";

    /// <summary>
    /// Returns the ids of the scenes, with the start scene first. A text with semicolons that no scene has as its name stands for several scenes:
    /// a command line has to escape the semicolons between names.
    /// </summary>
    /// <exception cref="NameNotFoundException">There is no such scene.</exception>
    /// <exception cref="NameAmbiguousException">Several scenes have that name.</exception>
    /// <exception cref="StartSceneUnknownException">Only <c>*</c> is given, and there are several scenes.</exception>
    public static IReadOnlyList<long> Scenes(IReadOnlyList<string> texts, IReadOnlyList<Scene> scenes)
    {
        var wanted = texts.SelectMany(text => scenes.Any(scene => scene.Name == text) ? [text] : Parts(text)).ToList();
        if (wanted.Count > 0 && wanted[0] == AllOthers && scenes.Count != 1)
            throw new StartSceneUnknownException([.. scenes.Select(scene => scene.Name ?? "")]);

        var named = wanted.Where(name => name != AllOthers).Select(name => SceneId(name, scenes)).ToList();
        var others = wanted.Contains(AllOthers) ? scenes.Select(scene => scene.Id) : [];
        return [.. named.Concat(others).Distinct()];
    }

    /// <summary>Returns the id of a branch.</summary>
    /// <exception cref="NameNotFoundException">There is no such branch.</exception>
    /// <exception cref="NameAmbiguousException">Several open branches have that name.</exception>
    public static string BranchId(string wanted, IReadOnlyList<Branch> branches)
    {
        var named = branches.Where(branch => branch.Name == wanted && branch.Id is not null).ToList();
        if (named.Count > 1)
            named = [.. named.Where(branch => branch.Closed != true)];
        if (named.Count > 1)
            throw new NameAmbiguousException(NameKind.Branch, wanted, [.. named.Select(branch => branch.Id!)]);
        if (named.Count == 1)
            return named[0].Id!;

        return branches.FirstOrDefault(branch => string.Equals(branch.Id, wanted, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new NameNotFoundException(NameKind.Branch, wanted, [.. branches.Select(branch => branch.Name ?? "")]);
    }

    private static List<string> Parts(string text)
    {
        var parts = text.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
        return parts.Count == 0 ? [text] : parts;
    }

    private static long SceneId(string wanted, IReadOnlyList<Scene> scenes)
    {
        var named = scenes.Where(scene => scene.Name == wanted).ToList();
        if (named.Count > 1)
            throw new NameAmbiguousException(NameKind.Scene, wanted, [.. named.Select(scene => $"{scene.Id}")]);
        if (named.Count == 1)
            return named[0].Id;

        return scenes.FirstOrDefault(scene => scene.Id.ToString(CultureInfo.InvariantCulture) == wanted)?.Id
            ?? throw new NameNotFoundException(NameKind.Scene, wanted, [.. scenes.Select(scene => scene.Name ?? "")]);
    }
}

/// <summary>The kind of object that was looked up by name.</summary>
internal enum NameKind
{
    Scene,
    Branch,
}

/// <summary>No scene or branch has that name or id.</summary>
internal sealed class NameNotFoundException(NameKind kind, string name, IReadOnlyList<string> existing) : Exception($"{kind} {name}")
{
    public NameKind Kind { get; } = kind;

    public string Name { get; } = name;

    public IReadOnlyList<string> Existing { get; } = existing;
}

/// <summary>Several scenes or branches have that name.</summary>
internal sealed class NameAmbiguousException(NameKind kind, string name, IReadOnlyList<string> ids) : Exception($"{kind} {name}")
{
    public NameKind Kind { get; } = kind;

    public string Name { get; } = name;

    public IReadOnlyList<string> Ids { get; } = ids;
}

/// <summary>All scenes are requested, and the start scene is not specified.</summary>
internal sealed class StartSceneUnknownException(IReadOnlyList<string> scenes) : Exception(string.Join(", ", scenes))
{
    public IReadOnlyList<string> Scenes { get; } = scenes;
}

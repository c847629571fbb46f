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
    /// <exception cref="NameException">There is no such scene, several have that name, or only <c>*</c> is given and there are several.</exception>
    public static IReadOnlyList<long> Scenes(IReadOnlyList<string> texts, IReadOnlyList<Scene> scenes)
    {
        var wanted = texts.SelectMany(text => scenes.Any(scene => scene.Name == text) ? [text] : Parts(text)).ToList();
        if (wanted.Count > 0 && wanted[0] == AllOthers && scenes.Count != 1)
            throw new NameException(NameFault.StartSceneUnknown, NameKind.Scene, AllOthers, [.. scenes.Select(scene => scene.Name ?? "")]);

        var named = wanted.Where(name => name != AllOthers).Select(name => SceneId(name, scenes)).ToList();
        var others = wanted.Contains(AllOthers) ? scenes.Select(scene => scene.Id) : [];
        return [.. named.Concat(others).Distinct()];
    }

    /// <summary>Returns the id of a branch.</summary>
    /// <exception cref="NameException">There is no such branch, or several open ones have that name.</exception>
    public static string BranchId(string wanted, IReadOnlyList<Branch> branches)
    {
        var named = branches.Where(branch => branch.Name == wanted && branch.Id is not null).ToList();
        if (named.Count > 1)
            named = [.. named.Where(branch => branch.Closed != true)];
        if (named.Count > 1)
            throw new NameException(NameFault.Ambiguous, NameKind.Branch, wanted, [.. named.Select(branch => branch.Id!)]);
        if (named.Count == 1)
            return named[0].Id!;

        return branches.FirstOrDefault(branch => string.Equals(branch.Id, wanted, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new NameException(NameFault.NotFound, NameKind.Branch, wanted, [.. branches.Select(branch => branch.Name ?? "")]);
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
            throw new NameException(NameFault.Ambiguous, NameKind.Scene, wanted, [.. named.Select(scene => $"{scene.Id}")]);
        if (named.Count == 1)
            return named[0].Id;

        return scenes.FirstOrDefault(scene => scene.Id.ToString(CultureInfo.InvariantCulture) == wanted)?.Id
            ?? throw new NameException(NameFault.NotFound, NameKind.Scene, wanted, [.. scenes.Select(scene => scene.Name ?? "")]);
    }
}

/// <summary>The kind of object that was looked up by name.</summary>
internal enum NameKind
{
    Scene,
    Branch,
}

/// <summary>Why a name does not select anything.</summary>
internal enum NameFault
{
    /// <summary>No scene or branch has that name or id.</summary>
    NotFound,

    /// <summary>Several scenes or branches have that name.</summary>
    Ambiguous,

    /// <summary>All scenes are requested, and the start scene is not specified.</summary>
    StartSceneUnknown,
}

/// <summary>A name that does not select one scene or branch.</summary>
/// <param name="fault">Why it does not.</param>
/// <param name="kind">What was looked up.</param>
/// <param name="name">The name.</param>
/// <param name="candidates">The names of everything that exists; for an ambiguous name, the ids of what has this name.</param>
internal sealed class NameException(NameFault fault, NameKind kind, string name, IReadOnlyList<string> candidates) : Exception($"{kind} {name}: {fault}")
{
    public NameFault Fault { get; } = fault;

    public NameKind Kind { get; } = kind;

    public string Name { get; } = name;

    public IReadOnlyList<string> Candidates { get; } = candidates;
}

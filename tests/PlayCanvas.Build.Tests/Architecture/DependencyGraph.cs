using Mono.Cecil;

namespace PlayCanvas.Build.Tests.Architecture;

/// <summary>Which parts of the product use which others.</summary>
internal sealed class DependencyGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> uses = new(StringComparer.Ordinal);

    /// <summary>Adds a dependency. A part does not depend on itself.</summary>
    public void Add(string user, string used)
    {
        if (user == used)
            return;
        if (!uses.TryGetValue(user, out var all))
            uses[user] = all = new SortedSet<string>(StringComparer.Ordinal);
        all.Add(used);
    }

    /// <summary>Returns the graph of a namespace and the namespaces below it.</summary>
    public static DependencyGraph OfNamespaces(ModuleDefinition module, string root) => Of(module, root, ProductAssembly.NamespaceOf);

    /// <summary>Returns the graph of the types of a namespace and the namespaces below it. A nested type counts as its outermost type.</summary>
    public static DependencyGraph OfTypes(ModuleDefinition module, string root) => Of(module, root, Outermost);

    /// <summary>
    /// Returns the strongly connected parts of the graph that have more than one member, each as a path that ends where it begins: for each of
    /// them, one shortest circle.
    /// </summary>
    public IReadOnlyList<string> Circles()
    {
        var circles = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in uses.Keys)
        {
            if (done.Contains(part) || ShortestCircle(part) is not { } circle)
                continue;

            circles.Add(string.Join(" -> ", circle));
            var reachable = ReachableFrom(part);
            done.UnionWith(reachable.Where(other => ReachableFrom(other).Contains(part)));
        }

        return circles;
    }

    private static DependencyGraph Of(ModuleDefinition module, string root, Func<TypeReference, string> partOf)
    {
        var graph = new DependencyGraph();
        foreach (var type in ProductAssembly.TypesOf(module, root))
        {
            foreach (var used in ProductAssembly.TypesNamedIn(type).Where(used => IsIn(ProductAssembly.NamespaceOf(used), root)))
                graph.Add(partOf(type), partOf(used));
        }

        return graph;
    }

    private static bool IsIn(string name, string root) => name == root || name.StartsWith(root + ".", StringComparison.Ordinal);

    private static string Outermost(TypeReference type) => type.DeclaringType is null ? type.FullName : Outermost(type.DeclaringType);

    private SortedSet<string> UsedBy(string part) => uses.TryGetValue(part, out var all) ? all : [];

    private HashSet<string> ReachableFrom(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(UsedBy(start));
        while (open.TryPop(out var part))
        {
            if (!reached.Add(part))
                continue;
            foreach (var next in UsedBy(part))
                open.Push(next);
        }

        return reached;
    }

    /// <summary>Returns the shortest path from a part back to itself; null when there is none.</summary>
    private List<string>? ShortestCircle(string start)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var part))
        {
            foreach (var next in UsedBy(part).Where(next => cameFrom.TryAdd(next, part)))
            {
                if (next == start)
                    return PathTo(start, cameFrom);
                open.Enqueue(next);
            }
        }

        return null;
    }

    private static List<string> PathTo(string start, Dictionary<string, string> cameFrom)
    {
        var path = new List<string> { start };
        for (var part = cameFrom[start]; part != start; part = cameFrom[part])
            path.Insert(0, part);
        path.Insert(0, start);
        return path;
    }
}

namespace PlayCanvas.Sandbox;

/// <summary>The engine that exports contain: the real one, or the sandbox's stand-in.</summary>
public sealed class Engine
{
    private static readonly string[] FileNames = ["playcanvas.min.js", "playcanvas.min.mjs", "LICENSE"];

    private Engine(bool isReal, GameContent script, GameContent module, GameContent? license)
    {
        IsReal = isReal;
        Script = script;
        Module = module;
        License = license;
    }

    /// <summary>A minimal engine that draws the sandbox's game when the real engine is not available.</summary>
    public static Engine StandIn { get; } = CreateStandIn();

    /// <summary>The real engine if the build could download it; otherwise the stand-in.</summary>
    public static Engine Available { get; } = Find();

    /// <summary>Whether this is the real PlayCanvas engine.</summary>
    public bool IsReal { get; }

    internal GameContent Script { get; }

    /// <summary>The same as <see cref="Script"/>, as an ES module.</summary>
    internal GameContent Module { get; }

    internal GameContent? License { get; }

    private static Engine CreateStandIn()
    {
        var script = GameContent.FromBytes(Template.Bytes("stand-in-engine.js"));
        return new Engine(false, script, GameContent.FromText(script.ReadAllText() + "export const { version, Application, Script, createScript, registerScript } = window.pc;\n"), null);
    }

    private static Engine Find()
    {
        var files = FileNames.Select(name => Path.Combine(AppContext.BaseDirectory, "engine", name)).ToList();
        if (!files.TrueForAll(File.Exists))
            return StandIn;

        var contents = files.ConvertAll(file => GameContent.FromBytes(File.ReadAllBytes(file)));
        return new Engine(true, contents[0], contents[1], contents[2]);
    }
}

namespace PlayCanvas.Sandbox;

/// <summary>The engine that exports contain: the real one, or the sandbox's stand-in.</summary>
public sealed class Engine
{
    private Engine(bool isReal, GameContent script, GameContent? license)
    {
        IsReal = isReal;
        Script = script;
        License = license;
    }

    /// <summary>A minimal engine that draws the sandbox's game when the real engine is not available.</summary>
    public static Engine StandIn { get; } = new(false, GameContent.FromBytes(Template.Bytes("stand-in-engine.js")), null);

    /// <summary>The real engine if the build could download it; otherwise the stand-in.</summary>
    public static Engine Available { get; } = Find();

    /// <summary>Whether this is the real PlayCanvas engine.</summary>
    public bool IsReal { get; }

    internal GameContent Script { get; }

    internal GameContent? License { get; }

    private static Engine Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "engine");
        var script = Path.Combine(folder, "playcanvas.min.js");
        var license = Path.Combine(folder, "LICENSE");
        return File.Exists(script) && File.Exists(license)
            ? new Engine(true, GameContent.FromBytes(File.ReadAllBytes(script)), GameContent.FromBytes(File.ReadAllBytes(license)))
            : StandIn;
    }
}

using Microsoft.Build.Framework;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports the error PLAYCANVAS1019 for a switch that only the targets read and that is neither true nor false.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCheckSwitch : PlayCanvasTask
{
    /// <summary>The full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The name of the property, which the error names.</summary>
    [Required]
    public string Property { get; set; } = "";

    /// <summary>The value of the property. An empty value is valid.</summary>
    public string? Value { get; set; }

    private protected override string ProjectPath => ProjectFile;

    private protected override void Run(CancellationToken cancellationToken) =>
        new OptionValues(new NamedValues((Property, Value))).Switch(new Option(Property, OptionKind.Switch) { Property = Property });
}

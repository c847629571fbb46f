using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports the error PLAYCANVAS1019 for a switch that only the targets read and that is neither true nor false.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCheckSwitch : PlayCanvasTask
{
    /// <summary>The name of the property, which the error names.</summary>
    [Required]
    public string Property { get; set; } = "";

    /// <summary>The value of the property. An empty value is valid.</summary>
    public string? Value { get; set; }

    private protected override void Run(CancellationToken cancellationToken) => Settings.Switch(Property, Value);
}

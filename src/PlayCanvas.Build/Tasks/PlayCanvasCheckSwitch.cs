using Microsoft.Build.Framework;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reports a switch that only the targets read and that is neither true nor false.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlayCanvasCheckSwitch : PlayCanvasTask
{
    /// <summary>Name of the property.</summary>
    [Required]
    public string Property { get; set; } = "";

    /// <summary>Value of the property.</summary>
    public string? Value { get; set; }

    private protected override void Run(CancellationToken cancellationToken) => Settings.Switch(Property, Value);
}

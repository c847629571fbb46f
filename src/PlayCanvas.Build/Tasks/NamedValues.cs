using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>Reads options from parameters of a task.</summary>
internal sealed class NamedValues(params IReadOnlyList<(string Name, string? Value)> values) : IOptionSource
{
    public string? Text(string name) => values.FirstOrDefault(value => value.Name == name).Value;

    public IReadOnlyList<string> List(string name) => Text(name)?.Split(';') ?? [];
}

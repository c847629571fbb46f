namespace PlayCanvas.Build.FrameworkHost;

/// <summary>Which task to run.</summary>
/// <param name="Task">The name of its class.</param>
/// <param name="Parameters">Its parameters by name; all of them are texts.</param>
public sealed record TaskCall(string Task, IReadOnlyDictionary<string, string> Parameters);

namespace PlayCanvas.Build.TestSupport.FrameworkHost;

/// <summary>The task to run and its parameters.</summary>
/// <param name="Task">The name of the task class.</param>
/// <param name="Parameters">The parameters of the task, and the metadata of its game, by name.</param>
public sealed record TaskCall(string Task, IReadOnlyDictionary<string, string> Parameters);

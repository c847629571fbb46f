namespace PlayCanvas.Build.TestSupport.FrameworkHost;

/// <summary>The task to run and its parameters.</summary>
/// <param name="Task">The name of the task class.</param>
/// <param name="Parameters">The parameters by name. All values are strings.</param>
public sealed record TaskCall(string Task, IReadOnlyDictionary<string, string> Parameters);

namespace Microsoft.Build.Framework;

/// <summary>
/// Lets a task run inside a multithreaded build's own process. MSBuild 18.3 and later look for an attribute of this name in any
/// assembly; naming their own would keep the tasks from loading in older ones.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;

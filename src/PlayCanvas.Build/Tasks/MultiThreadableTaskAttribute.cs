namespace Microsoft.Build.Framework;

/// <summary>
/// Lets a task run inside the process of a multithreaded build. MSBuild 18.3 and later look for an attribute of this name in any assembly; a
/// reference to MSBuild's own attribute would keep the tasks from loading in older versions.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;

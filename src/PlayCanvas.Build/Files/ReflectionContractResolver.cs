using System.Reflection;
using Newtonsoft.Json.Serialization;

namespace PlayCanvas.Build.Files;

/// <summary>
/// Reads and writes members by reflection. Json.NET compiles code for each member otherwise, which takes longer than everything that one build
/// reads and writes.
/// </summary>
internal sealed class ReflectionContractResolver : DefaultContractResolver
{
    public static readonly ReflectionContractResolver Instance = new();

    private ReflectionContractResolver()
    {
    }

    protected override IValueProvider CreateMemberValueProvider(MemberInfo member) => new ReflectionValueProvider(member);
}

using NUnit.Framework;
using NUnit.Framework.Constraints;
using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Jobs;
using PlayCanvas.Build.Exports;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Constraints for exceptions that a fault distinguishes.</summary>
internal static class Thrown
{
    public static EqualConstraint Export(ExportFault fault) => Throws.TypeOf<ExportException>().With.Property(nameof(ExportException.Fault)).EqualTo(fault);

    public static EqualConstraint Job(JobFault fault) => Throws.TypeOf<JobException>().With.Property(nameof(JobException.Fault)).EqualTo(fault);

    public static EqualConstraint Name(NameFault fault) => Throws.TypeOf<NameException>().With.Property(nameof(NameException.Fault)).EqualTo(fault);
}

using System.Reflection;
using Microsoft.Build.Framework;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the requirements of MSBuild for every task. <see cref="Architecture.PublicSurfaceTests"/> tests what all of them have in common.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TaskContractTests
{
    private static readonly Assembly Product = typeof(PlayCanvasTask).Assembly;

    private static IEnumerable<Type> Tasks => Product.GetTypes().Where(type => typeof(ITask).IsAssignableFrom(type) && !type.IsAbstract);

    [TestCaseSource(nameof(Tasks))]
    public void ATaskCanBeCancelled(Type task) => Assert.That(typeof(ICancelableTask).IsAssignableFrom(task), Is.True);

    [TestCaseSource(nameof(Tasks))]
    public void OutputsCannotBeSetByTheProject(Type task)
    {
        var outputs = task.GetProperties().Where(property => property.IsDefined(typeof(OutputAttribute)));

        Assert.That(outputs.Select(property => property.SetMethod?.IsPublic), Has.None.EqualTo(true));
    }

    [TestCaseSource(nameof(Tasks))]
    public void ParametersThatPeopleWriteAreTextsOrItems(Type task)
    {
        // The task then reports its own error for a wrong value, which names the property.
        var parameters = task.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.DeclaringType!.Assembly == Product);

        Assert.That(parameters.Select(property => property.PropertyType), Has.All.EqualTo(typeof(string)).Or.EqualTo(typeof(ITaskItem)).Or.EqualTo(typeof(ITaskItem[])));
    }
}

using System.Reflection;
using Microsoft.Build.Framework;
using NUnit.Framework;
using PlayCanvas.Build.Tasks;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the requirements of MSBuild and of the architecture for every task.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TaskContractTests
{
    private static readonly Assembly Product = typeof(PlayCanvasTask).Assembly;

    private static IEnumerable<Type> Tasks => Product.GetTypes().Where(type => typeof(ITask).IsAssignableFrom(type) && !type.IsAbstract);

    [TestCaseSource(nameof(Tasks))]
    public void ATaskMayRunBesideOthers(Type task)
    {
        // MSBuild looks up the attribute by this name, and it is not inherited.
        Assert.That(task.GetCustomAttributesData().Select(data => data.AttributeType.FullName), Does.Contain("Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"));
    }

    [TestCaseSource(nameof(Tasks))]
    public void ATaskCanBeCancelledAndCannotBeDerived(Type task)
    {
        Assert.That(typeof(ICancelableTask).IsAssignableFrom(task), Is.True);
        Assert.That(task.IsSealed, Is.True);
    }

    [TestCaseSource(nameof(Tasks))]
    public void NoParameterTakesTheTokenItself(Type task)
    {
        Assert.That(task.GetProperties().Select(property => property.Name), Has.None.EqualTo("AccessToken").And.None.EqualTo("Token"));
    }

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

    [Test]
    public void NothingIsKeptInStatics()
    {
        var mutable = Product.GetTypes()
            .Where(type => type.Namespace?.StartsWith("PlayCanvas", StringComparison.Ordinal) == true && !IsGenerated(type))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field));

        Assert.That(mutable.Select(field => $"{field.DeclaringType}.{field.Name}"), Is.Empty);
    }

    [TestCase("Api")]
    [TestCase("Exports")]
    public void The_layers_below_the_tasks_know_neither_them_nor_MSBuild(string layer)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "PlayCanvas.Build", layer), "*.cs", SearchOption.AllDirectories);

        Assert.That(files, Is.Not.Empty);
        Assert.That(files.Where(file => File.ReadAllText(file) is var text && (text.Contains("PlayCanvas.Build.Tasks") || text.Contains("Microsoft.Build"))), Is.Empty);
    }

    [Test]
    public void TheApiDoesNotKnowTheExports()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "PlayCanvas.Build", "Api"), "*.cs", SearchOption.AllDirectories);

        Assert.That(files.Where(file => File.ReadAllText(file).Contains("PlayCanvas.Build.Exports")), Is.Empty);
    }

    [Test]
    public void NothingIsWrittenToTheConsole()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "PlayCanvas.Build"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

        Assert.That(files.Where(file => File.ReadAllText(file) is var text && (text.Contains("Console.") || text.Contains("Environment.CurrentDirectory"))), Is.Empty);
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) || member.Name.Contains('<')
        || (member.DeclaringType is { } outer && IsGenerated(outer));
}

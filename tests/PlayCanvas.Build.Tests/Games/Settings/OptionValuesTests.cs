using Microsoft.Build.Utilities;
using NUnit.Framework;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Games.Settings;

[Parallelizable(ParallelScope.All)]
public sealed class OptionValuesTests
{
    [TestCase("Main;Level 2", "Main|Level 2")]
    [TestCase("Main%3B1;Level 2", "Main;1|Level 2")]
    [TestCase("Main%253B1", "Main%3B1")]
    [TestCase("\n  Main ;\n  Level 2;\n", "Main|Level 2")]
    [TestCase(";;", "")]
    [TestCase(null, "")]
    public void A_list_is_split_at_unescaped_semicolons(string? value, string parts) =>
        Assert.That(string.Join("|", Values(value).List(Row(OptionKind.List))), Is.EqualTo(parts));

    [TestCase("true", true)]
    [TestCase(" TRUE\n", true)]
    [TestCase("False", false)]
    [TestCase("yes", true)]
    [TestCase("On", true)]
    [TestCase("no", false)]
    [TestCase("off", false)]
    [TestCase("", null)]
    [TestCase("  ", null)]
    [TestCase(null, null)]
    public void ASwitchIsReadAsMSBuildDoes(string? value, bool? expected) =>
        Assert.That(Values(value).Switch(Row(OptionKind.Switch)), Is.EqualTo(expected));

    [TestCase(" main\n", "main")]
    [TestCase("Level 2", "Level 2")]
    [TestCase(" \n", null)]
    [TestCase(null, null)]
    public void ATextHasNoWhiteSpaceAroundIt(string? value, string? expected) =>
        Assert.That(Values(value).Text(Row(OptionKind.Text)), Is.EqualTo(expected));

    [TestCase(" npm ", "npm")]
    [TestCase("NPM", "npm")]
    [TestCase("static", "static")]
    [TestCase(" ", null)]
    [TestCase(null, null)]
    public void A_choice_is_read_without_case_and_white_space(string? value, string? expected) =>
        Assert.That(Values(value).Choice(Row(OptionKind.Choice)), Is.EqualTo(expected));

    [TestCase(" 5 ", 5)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void ANumberMayBeLeftOut(string? value, int? expected) => Assert.That(Values(value).Number(Row(OptionKind.Number)), Is.EqualTo(expected));

    [TestCase(OptionKind.Switch, "maybe")]
    [TestCase(OptionKind.Number, "0")]
    [TestCase(OptionKind.Number, "11")]
    [TestCase(OptionKind.Number, "1.5")]
    [TestCase(OptionKind.Choice, "zip")]
    [TestCase(OptionKind.Text, "")]
    [TestCase(OptionKind.Text, "12345678901")]
    [TestCase(OptionKind.Id, "0")]
    public void AnInvalidValueIsAFact(object kindOfValue, string value)
    {
        var kind = (OptionKind)kindOfValue;

        // A text that is set but too short exists only with a minimum of two.
        var row = Row(kind) with { Min = kind == OptionKind.Text && value.Length == 0 ? 2 : 1 };
        var error = Assert.Throws<OptionException>(() => Values(value.Length == 0 ? "x" : value).Json(row))!;
        Assert.That((error.Option, error.Fault), Is.EqualTo((row, OptionFault.Invalid)));
    }

    [Test]
    public void The_first_item_that_has_a_value_decides()
    {
        var values = new OptionValues(new ItemOptions(Item(""), Item("second"), Item("third")));
        Assert.That(values.Text(Row(OptionKind.Text)), Is.EqualTo("second"));
    }

    [Test]
    public void The_projects_value_precedes_the_default()
    {
        var item = Item("");
        item.SetMetadata("DefaultOption", "project");
        var row = Row(OptionKind.Text) with { Default = "default" };
        var values = new OptionValues(new ItemOptions(item));
        Assert.That((values.Text(row), values.Text(row with { IsAdapted = true })), Is.EqualTo(("project", "default")));
    }

    [TestCase(OptionKind.Switch, " Yes ", "true")]
    [TestCase(OptionKind.Switch, "1", "1")]
    [TestCase(OptionKind.Choice, "NPM", "npm")]
    [TestCase(OptionKind.Text, " A b ", "A b")]
    [TestCase(OptionKind.List, " A ;; b ", "A;b")]
    public void Every_spelling_of_a_value_has_the_same_form(object kind, string value, string form) =>
        Assert.That(Values(value).Canonical(Row((OptionKind)kind)), Is.EqualTo(form));

    private static Option Row(OptionKind kind) => new("Option", kind) { Min = kind == OptionKind.Text ? 0 : 1, Max = 10, Choices = ["static", "npm"] };

    private static OptionValues Values(string? value) => new(new ItemOptions(Item(value)));

    private static TaskItem Item(string? value)
    {
        var item = new TaskItem("item");
        item.SetMetadata("Option", value ?? "");
        return item;
    }
}

using PlayCanvas.Build.Api.Client;
using PlayCanvas.Build.Api.Contracts;

namespace PlayCanvas.Build.Games.Archive;

/// <summary>Finds the branches that a project wants to archive.</summary>
/// <param name="branches">All open branches of the project.</param>
internal sealed class BranchSelection(IReadOnlyList<Branch> branches)
{
    /// <summary>Stands for all open branches.</summary>
    private const string All = "*";

    /// <summary>The names of the main branch. Projects from before 2020 have the second one.</summary>
    private static readonly string[] MainNames = ["main", "master"];

    private readonly List<Branch> found = [];
    private readonly List<NameException> problems = [];

    /// <summary>The branches, each of them once.</summary>
    public IReadOnlyList<Branch> Found => found;

    /// <summary>The names that do not select a branch.</summary>
    public IReadOnlyList<NameException> Problems => problems;

    /// <summary>Adds the branches that texts select: names, ids, or <c>*</c> for all open branches. No text selects the main branch.</summary>
    public void Add(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            AddMain();
        foreach (var text in texts.SelectMany(Split))
            Add(text);
    }

    private void AddMain()
    {
        var main = branches.FirstOrDefault(branch => branch.Permanent == true) ?? branches.FirstOrDefault(branch => MainNames.Contains(branch.Name));
        if (main is not null)
            Add(main);
        else
            problems.Add(new NameException(NameFault.NotFound, NameKind.Branch, MainNames[0], [.. branches.Select(branch => branch.Name ?? "")]));
    }

    private void Add(string text)
    {
        if (text == All)
        {
            foreach (var branch in branches.Where(branch => branch.Closed != true))
                Add(branch);
            return;
        }

        try
        {
            var id = ProjectSelection.BranchId(text, branches);
            Add(branches.First(branch => branch.Id == id));
        }
        catch (NameException problem)
        {
            problems.Add(problem);
        }
    }

    private void Add(Branch branch)
    {
        if (!found.Contains(branch))
            found.Add(branch);
    }

    /// <summary>A command line has to escape the semicolons between names, so a text that is not the name of a branch may stand for several.</summary>
    private IEnumerable<string> Split(string text) => branches.Any(branch => branch.Name == text)
        ? [text]
        : text.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0);
}

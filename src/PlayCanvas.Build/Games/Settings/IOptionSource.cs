namespace PlayCanvas.Build.Games.Settings;

/// <summary>Contains the values of options as a project writes them.</summary>
internal interface IOptionSource
{
    /// <summary>Returns a value; null or empty when it is not set.</summary>
    string? Text(string name);

    /// <summary>Returns the parts of a value that semicolons separate. An escaped semicolon (<c>%3B</c>) belongs to its part.</summary>
    IReadOnlyList<string> List(string name);
}

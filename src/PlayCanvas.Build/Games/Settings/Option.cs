namespace PlayCanvas.Build.Games.Settings;

/// <summary>The kinds of values.</summary>
internal enum OptionKind
{
    /// <summary>Any text. <see cref="Option.Min"/> and <see cref="Option.Max"/> limit its length in characters.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>, or another word that MSBuild's conditions accept.</summary>
    Switch,

    /// <summary>An integer from <see cref="Option.Min"/> to <see cref="Option.Max"/>.</summary>
    Number,

    /// <summary>An integer greater than 0.</summary>
    Id,

    /// <summary>Integers greater than 0, separated by semicolons, commas or spaces.</summary>
    Ids,

    /// <summary>One of <see cref="Option.Choices"/>.</summary>
    Choice,

    /// <summary>Texts that are separated by semicolons.</summary>
    List,
}

/// <summary>Where a project sets an option.</summary>
internal enum OptionScope
{
    /// <summary>As metadata of <c>PlayCanvasGame</c>, or as the property of the same name for all games.</summary>
    Game,

    /// <summary>As metadata of <c>PlayCanvasGame</c> or <c>PlayCanvasConnection</c>, or as a property.</summary>
    Connection,

    /// <summary>As a property that the targets pass to one task, or read themselves.</summary>
    Project,
}

/// <summary>The requests that an option belongs to.</summary>
[Flags]
internal enum OptionUse
{
    None = 0,

    Download = 1,

    Publish = 2,

    Both = Download | Publish,
}

/// <summary>A row of the table of options: everything that is known about one option.</summary>
/// <param name="Name">The name of the metadata.</param>
/// <param name="Kind">What values are valid.</param>
internal sealed record Option(string Name, OptionKind Kind)
{
    public const string PropertyPrefix = "PlayCanvas";

    public OptionScope Scope { get; init; } = OptionScope.Game;

    /// <summary>The property that sets the default of the metadata, and by which an error names the option.</summary>
    public string Property { get; init; } = PropertyPrefix + Name;

    /// <summary>False for metadata that has no property.</summary>
    public bool HasProperty { get; init; } = true;

    /// <summary>The requests whose body contains <see cref="Field"/>.</summary>
    public OptionUse Use { get; init; } = OptionUse.None;

    /// <summary>The field of the request's body that has the value of this option; null for an option that is not sent.</summary>
    public string? Field { get; init; }

    /// <summary>The word for the field in the server's messages. Default: <see cref="Field"/>.</summary>
    public string? ServerWord
    {
        get => field ?? Field;
        init;
    }

    /// <summary>Whether a different value makes a different game, so that the game must be exported again.</summary>
    public bool IsCompared { get; init; }

    /// <summary>Whether a different value makes other files of the same export, so that the build adapts the content anew and requests nothing.</summary>
    public bool ChangesFiles { get; init; }

    /// <summary>The smallest number, or the minimum length of a text that is set.</summary>
    public int Min { get; init; }

    /// <summary>The largest number, or the maximum length of a text.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>The values of a choice, in lower case.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether the project's own value is adapted before it is used: a version that is too long for the service is shortened.</summary>
    public bool IsAdapted { get; init; }

    /// <summary>The value of an option that is not set; null when the service or the task decides.</summary>
    public string? Default { get; init; }
}

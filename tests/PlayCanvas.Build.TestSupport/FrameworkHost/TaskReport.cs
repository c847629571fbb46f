namespace PlayCanvas.Build.TestSupport.FrameworkHost;

/// <summary>The result of a task as MSBuild sees it.</summary>
public sealed class TaskReport
{
    public bool Succeeded { get; set; }

    /// <summary>The exception that the task threw, which a task must never do; null if it threw none.</summary>
    public string? Exception { get; set; }

    /// <summary>The time from the call of <c>Cancel</c> to the return of the task; null if the task was not cancelled.</summary>
    public TimeSpan? CancelLatency { get; set; }

    public List<ReportedEvent> Errors { get; } = [];

    public List<ReportedEvent> Warnings { get; } = [];

    /// <summary>The messages of every importance.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The items of each output parameter.</summary>
    public Dictionary<string, IReadOnlyList<ReportedItem>> Outputs { get; } = [];
}

/// <summary>A logged error or warning.</summary>
public sealed record ReportedEvent(string Code, string Message, string HelpLink, string File);

/// <summary>An item that a task returned.</summary>
public sealed record ReportedItem(string ItemSpec, IReadOnlyDictionary<string, string> Metadata);

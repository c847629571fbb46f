namespace PlayCanvas.Build.FrameworkHost;

/// <summary>What a task did, as far as MSBuild sees it.</summary>
public sealed class TaskReport
{
    public bool Succeeded { get; set; }

    /// <summary>What the task threw, which no task may; null when it threw nothing.</summary>
    public string? Exception { get; set; }

    /// <summary>From the call of <c>Cancel</c> to the task's return; null when the task was not cancelled.</summary>
    public TimeSpan? CancelLatency { get; set; }

    public List<ReportedEvent> Errors { get; } = [];

    public List<ReportedEvent> Warnings { get; } = [];

    /// <summary>The messages of all importances.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The items of each output parameter.</summary>
    public Dictionary<string, IReadOnlyList<ReportedItem>> Outputs { get; } = [];
}

/// <summary>A logged error or warning.</summary>
public sealed record ReportedEvent(string Code, string Message, string HelpLink, string File);

/// <summary>An item that a task returned.</summary>
public sealed record ReportedItem(string ItemSpec, IReadOnlyDictionary<string, string> Metadata);

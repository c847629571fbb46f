namespace PlayCanvas.Build.Tasks;

/// <summary>Formats how long ago something happened.</summary>
internal static class Ages
{
    /// <summary>Returns a text such as <c>3 hours ago</c>, rounded down; less than a minute, or a time in the future, is <c>just now</c>.</summary>
    public static string Format(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => Ago(age.Days, "a day", "days"),
        { TotalHours: >= 1 } => Ago(age.Hours, "an hour", "hours"),
        { TotalMinutes: >= 1 } => Ago(age.Minutes, "a minute", "minutes"),
        _ => "just now",
    };

    private static string Ago(int count, string one, string many) => count == 1 ? $"{one} ago" : $"{count} {many} ago";
}

namespace PlayCanvas.Build.Api.Once;

/// <summary>Compares a text in a record of the service with a requested one.</summary>
internal static class RecordedText
{
    /// <summary>
    /// A list may shorten a text. A recorded text of at least this many characters that is a prefix of the requested text is treated as shortened.
    /// </summary>
    private const int MinCutLength = 64;

    /// <summary>White space is ignored. A value that was not requested, or is not recorded, proves nothing.</summary>
    public static Likeness Compare(string? asked, string? recorded)
    {
        var (ours, theirs) = (Words(asked), Words(recorded));
        if (ours.Length == 0)
            return Likeness.Same;
        if (theirs.Length == 0 || (theirs.Length >= MinCutLength && ours.StartsWith(theirs.TrimEnd('.', '…'), StringComparison.Ordinal)))
            return ours == theirs ? Likeness.Same : Likeness.Undecided;
        return ours == theirs ? Likeness.Same : Likeness.Different;
    }

    private static string Words(string? text) => string.Join(" ", (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

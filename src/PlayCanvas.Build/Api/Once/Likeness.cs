namespace PlayCanvas.Build.Api.Once;

/// <summary>How a record of the server compares with a request that was sent.</summary>
internal enum Likeness
{
    /// <summary>The record is older, or a comparable value differs: another request created it.</summary>
    Different,

    /// <summary>No value differs, but some values cannot be compared.</summary>
    Undecided,

    /// <summary>The record contains everything that was requested.</summary>
    Same,

    /// <summary>The record carries the mark of the request.</summary>
    Marked,
}

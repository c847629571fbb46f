namespace PlayCanvas.Build.Api.Once;

/// <summary>How a record of the server compares with a request that was sent.</summary>
internal enum Likeness
{
    /// <summary>The record is older, or a value that can be compared differs: another request made it.</summary>
    Different,

    /// <summary>Nothing differs, and not everything can be compared.</summary>
    Undecided,

    /// <summary>Everything that was asked for stands in the record.</summary>
    Same,

    /// <summary>The record carries the mark of the request.</summary>
    Marked,
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PlayCanvas.Hosting.Content;

namespace PlayCanvas.Hosting.Http;

/// <summary>What the conditions of a request lead to.</summary>
internal enum Verdict
{
    /// <summary>The file is sent.</summary>
    Send,

    /// <summary>The client has the file: 304.</summary>
    NotModified,

    /// <summary>A condition is not met: 412.</summary>
    Failed,
}

/// <summary>The conditions of requests, in the order of RFC 9110, section 13.2.2.</summary>
internal static class Preconditions
{
    /// <summary>Evaluates the conditions of a GET or HEAD request.</summary>
    public static Verdict Evaluate(IHeaderDictionary headers, Facts facts, Variant variant)
    {
        if (headers.IfMatch is { Count: > 0 } required)
        {
            if (!Matches(required, variant.ETag, strongly: true))
                return Verdict.Failed;
        }
        else if (DateOf(headers.IfUnmodifiedSince) is { } unmodified && facts.LastModified > unmodified)
        {
            return Verdict.Failed;
        }

        if (headers.IfNoneMatch is { Count: > 0 } known)
            return Matches(known, variant.ETag, strongly: false) ? Verdict.NotModified : Verdict.Send;
        return DateOf(headers.IfModifiedSince) is { } modified && facts.LastModified <= modified ? Verdict.NotModified : Verdict.Send;
    }

    /// <summary>Whether the condition of a request for a range is met, so that the range may be sent.</summary>
    public static bool AllowsRange(StringValues ifRange, Facts facts)
    {
        if (ifRange.Count == 0)
            return true;
        if (HeaderUtilities.TryParseDate(ifRange.ToString(), out var date))
            return date == facts.LastModified;
        return EntityTagHeaderValue.TryParse(ifRange.ToString(), out var tag) && tag.Compare(new EntityTagHeaderValue(facts.Identity.ETag), useStrongComparison: true);
    }

    private static bool Matches(StringValues header, string tag, bool strongly)
    {
        if (header.Count == 1 && header[0] == tag)
            return true;
        if (!EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;

        var own = new EntityTagHeaderValue(tag);
        foreach (var candidate in tags)
        {
            if (candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(own, strongly))
                return true;
        }

        return false;
    }

    private static DateTimeOffset? DateOf(StringValues header) =>
        header.Count == 1 && HeaderUtilities.TryParseDate(header[0], out var date) ? date : null;
}

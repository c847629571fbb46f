using PlayCanvas.Build.Api.Contracts;
using PlayCanvas.Build.Files;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// A project's version in a form that the service accepts. Versions that differ in more than their build metadata never get the same form.
/// </summary>
/// <param name="Text">The form: at most <see cref="AppRequest.MaxVersion"/> characters.</param>
/// <param name="HasDigest">Whether the form is a prefix of the version followed by a digest of the whole version.</param>
internal sealed record ShortVersion(string Text, bool HasDigest)
{
    private const int DigestBytes = 4;

    /// <summary>
    /// Returns the version itself if it is short enough; otherwise the version without its build metadata (the part from <c>+</c> on, which SemVer
    /// ignores in comparisons); otherwise a prefix of the version and a digest of the whole version.
    /// </summary>
    public static ShortVersion Of(string version)
    {
        if (version.Length <= AppRequest.MaxVersion)
            return new ShortVersion(version, HasDigest: false);

        var withoutMetadata = version.Split('+')[0];
        return withoutMetadata.Length is > 0 and <= AppRequest.MaxVersion
            ? new ShortVersion(withoutMetadata, HasDigest: false)
            : new ShortVersion(WithDigest(version), HasDigest: true);
    }

    private static string WithDigest(string version)
    {
        var digest = Sha256.Prefix(version, DigestBytes);
        var beginning = version.Substring(0, AppRequest.MaxVersion - digest.Length - 1).TrimEnd('.', '-', '+');
        return $"{beginning}-{digest}";
    }
}

using PlayCanvas.Build.Api.Once;
using PlayCanvas.Build.Games.Settings;

namespace PlayCanvas.Build.Tasks;

/// <summary>Finds the id of the CI run to which a build belongs. It stays the same when a step of the run is restarted.</summary>
internal static class CiRun
{
    /// <summary>
    /// For each CI system: the variable that only its agents set, and the variable with the run's id, which stays the same when a job of the run is
    /// restarted.
    /// </summary>
    private static readonly (string System, string Sign, string Id)[] Systems =
    [
        ("github", "GITHUB_ACTIONS", "GITHUB_RUN_ID"),
        ("azure", "TF_BUILD", "BUILD_BUILDID"),
        ("gitlab", "GITLAB_CI", "CI_PIPELINE_ID"),
        ("bitbucket", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_PIPELINE_UUID"),
        ("buildkite", "BUILDKITE", "BUILDKITE_BUILD_ID"),
        ("jenkins", "JENKINS_URL", "BUILD_TAG"),
    ];

    /// <summary>
    /// Returns the id, such as <c>github-8123456789</c>; null outside CI, or if the id contains characters that release notes may not keep.
    /// </summary>
    public static string? Id(Func<string, string?> environment)
    {
        foreach (var (system, sign, variable) in Systems)
        {
            if (OptionValues.Trimmed(environment(sign)) is not null && OptionValues.Trimmed(environment(variable)) is { } value)
                return $"{system}-{value.Trim().Trim('{', '}')}" is var id && PublishMark.IsId(id) ? id : null;
        }

        return null;
    }
}

using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using PlayCanvas.Build.Api;
using PlayCanvas.Build.Games.Settings;
using PlayCanvas.Build.Tasks.Diagnostics;

namespace PlayCanvas.Build.Tasks;

/// <summary>
/// Finds the access token: in a file that the project names, in an environment variable, or in the project's user secrets. The task reads it, and
/// not MSBuild, because MSBuild logs every property and every variable that a project reads.
/// </summary>
internal sealed class AccessTokenReader(Func<string, string?> environment)
{
    public const string DefaultVariable = "PLAYCANVAS_ACCESS_TOKEN";

    private const string SecretSection = "PlayCanvas";
    private const string SecretName = "AccessToken";

    /// <exception cref="DiagnosticException">The token is missing or malformed.</exception>
    public AccessToken Read(string? file, string variable, string? userSecretsId)
    {
        if (file is not null)
            return Check(ReadFile(file), $"\"{file}\"");
        if (OptionValues.Trimmed(environment(variable)) is { } token)
            return Check(token, $"the environment variable {variable}");
        if (userSecretsId is not null && ReadUserSecret(userSecretsId) is { } secret)
            return Check(secret, "the project's user secrets");
        throw new DiagnosticException(Diagnostic.AccessTokenMissing(variable));
    }

    private static AccessToken Check(string token, string source)
    {
        token = token.Trim();
        return token.All(character => character is > ' ' and < (char)127)
            ? new AccessToken(token)
            : throw new DiagnosticException(Diagnostic.AccessTokenMalformed(source));
    }

    private static string ReadFile(string path)
    {
        try
        {
            return OptionValues.Trimmed(File.ReadAllText(path)) ?? throw new DiagnosticException(Diagnostic.AccessTokenFileUnreadable(path, "The file is empty."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.AccessTokenFileUnreadable(path, error.Message));
        }
    }

    private string? ReadUserSecret(string userSecretsId)
    {
        if (UserSecretsPath(userSecretsId) is not { } path || !File.Exists(path))
            return null;

        try
        {
            using var reader = new JsonTextReader(new StringReader(File.ReadAllText(path)));
            var secrets = JObject.Load(reader, new JsonLoadSettings { CommentHandling = CommentHandling.Ignore });
            var secret = Find(secrets, $"{SecretSection}:{SecretName}") ?? Find(Find(secrets, SecretSection) as JObject, SecretName);
            return OptionValues.Trimmed((secret as JValue)?.Value as string);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // The message of a JSON parser may quote the text that it could not read.
            var reason = error is JsonException ? "The file is not valid JSON." : error.Message;
            throw new DiagnosticException(Diagnostic.UserSecretsUnreadable(path, reason));
        }
    }

    private static JToken? Find(JObject? section, string name) =>
        section is not null && section.TryGetValue(name, StringComparison.OrdinalIgnoreCase, out var value) ? value : null;

    /// <summary>Returns the path of the file in which <c>dotnet user-secrets</c> stores the secrets.</summary>
    private string? UserSecretsPath(string userSecretsId)
    {
        if (OptionValues.Trimmed(environment("APPDATA")) is { } appData)
            return Path.Combine(appData, "Microsoft", "UserSecrets", userSecretsId, "secrets.json");

        var home = OptionValues.Trimmed(environment("HOME"))
            ?? OptionValues.Trimmed(environment("DOTNET_USER_SECRETS_FALLBACK_DIR"))
            ?? OptionValues.Trimmed(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return home is null ? null : Path.Combine(home, ".microsoft", "usersecrets", userSecretsId, "secrets.json");
    }
}

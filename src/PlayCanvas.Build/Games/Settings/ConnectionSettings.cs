using PlayCanvas.Build.Api.Http;

namespace PlayCanvas.Build.Games.Settings;

/// <summary>The settings of the connection to the service. All of them are validated when they are read.</summary>
internal sealed record ConnectionSettings
{
    public Uri BaseAddress { get; private init; } = null!;

    /// <summary>The name of the environment variable that contains the access token.</summary>
    public string AccessTokenVariable { get; private init; } = "";

    /// <summary>The file that contains the access token, as the project names it; null when it names none.</summary>
    public string? AccessTokenFile { get; private init; }

    public string? UserSecretsId { get; private init; }

    /// <summary>The longest time without any progress.</summary>
    public TimeSpan RequestTimeout { get; private init; }

    /// <summary>The longest time that the service may work on a job.</summary>
    public TimeSpan JobTimeout { get; private init; }

    public int MaxRetries { get; private init; }

    /// <exception cref="OptionException">A value is invalid.</exception>
    public static ConnectionSettings Read(OptionValues values) => new()
    {
        BaseAddress = ReadAddress(values.Raw(Options.ApiUrl)!),
        AccessTokenVariable = values.Text(Options.AccessTokenVariable)!,
        AccessTokenFile = values.Text(Options.AccessTokenFile),
        UserSecretsId = values.Text(Options.UserSecretsId),
        RequestTimeout = Seconds(values, Options.RequestTimeout),
        JobTimeout = Seconds(values, Options.JobTimeout),
        MaxRetries = values.Number(Options.MaxRetries)!.Value,
    };

    private static TimeSpan Seconds(OptionValues values, Option option) => TimeSpan.FromSeconds(values.Number(option)!.Value);

    private static Uri ReadAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && HttpTransport.IsSecure(uri)
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
                ? uri
                : throw new OptionException(Options.ApiUrl, WithoutSecrets(value, uri));

    /// <summary>Removes the user and the query from a URL for a message, because they may be secrets.</summary>
    public static string WithoutSecrets(string value, Uri? uri) => uri is null || !uri.IsAbsoluteUri || uri.Host.Length == 0
        ? value
        : uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}

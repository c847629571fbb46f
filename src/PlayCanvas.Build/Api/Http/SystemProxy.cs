using System.Net;

namespace PlayCanvas.Build.Api.Http;

/// <summary>The system's proxy with its default credentials, bypassed for loopback addresses.</summary>
internal sealed class SystemProxy : IWebProxy
{
    private readonly IWebProxy? system = WebRequest.DefaultWebProxy;

    public ICredentials? Credentials
    {
        get => system?.Credentials ?? CredentialCache.DefaultCredentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : system?.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || system is null || system.IsBypassed(host);
}

using System.Net.Sockets;
using System.Security.Authentication;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>The exceptions that .NET throws when a connection fails, with their inner exceptions.</summary>
internal static class Failures
{
    public static Exception Unreachable =>
        new HttpRequestException("Connection refused (api.example.test:443)", new SocketException((int)SocketError.ConnectionRefused));

    public static Exception Untrusted =>
        new HttpRequestException("The SSL connection could not be established", new AuthenticationException("The certificate is not trusted."));

    public static Exception ConnectionLost =>
        new HttpRequestException("An error occurred while sending the request.", new IOException("Connection reset by peer", new SocketException((int)SocketError.ConnectionReset)));

    public static Exception TunnelRefused(int status) =>
        new HttpRequestException($"The proxy tunnel request to proxy 'http://user:hidden@proxy.example.test:8080/' failed with status code '{status}'.");
}

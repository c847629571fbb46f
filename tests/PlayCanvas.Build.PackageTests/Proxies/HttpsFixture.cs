using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PlayCanvas.Build.PackageTests.Secrets;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>A sandbox that speaks https under names of its own, and builds that trust its certificate: what a proxy is asked for.</summary>
/// <param name="apiHost">The API's host.</param>
/// <param name="storageHost">The storage's host.</param>
public abstract class HttpsFixture(string apiHost, string storageHost) : SecretsFixture
{
    private X509Certificate2? certificate;

    [SetUp]
    public async Task TrustTheCertificate()
    {
        var file = Path.Combine(Folder, "trusted.pem");
        await File.WriteAllTextAsync(file, certificate!.ExportCertificatePem());
        SetVariable("SSL_CERT_FILE", file);
    }

    [TearDown]
    public void DisposeOfTheCertificate() => certificate?.Dispose();

    private protected override SandboxOptions MakeOptions()
    {
        var options = base.MakeOptions();
        options.ApiHost = apiHost;
        options.StorageHost = storageHost;
        options.Certificate = certificate = MakeCertificate(apiHost, storageHost);
        return options;
    }

    private static X509Certificate2 MakeCertificate(params string[] hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PlayCanvas.Build tests", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct())
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

using System.Security.Cryptography.X509Certificates;
using PlayCanvas.Build.PackageTests.Infrastructure;
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
        options.Certificate = certificate = Certificates.Make(apiHost, storageHost);
        return options;
    }
}

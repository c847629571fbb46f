using System.Security.Cryptography.X509Certificates;
using PlayCanvas.Build.PackageTests.Infrastructure;
using PlayCanvas.Build.PackageTests.Secrets;
using PlayCanvas.Sandbox;

namespace PlayCanvas.Build.PackageTests.Proxies;

/// <summary>Base of the proxy tests: a sandbox that uses https under its own host names, and builds that trust its certificate.</summary>
/// <param name="apiHost">The host name of the API.</param>
/// <param name="storageHost">The host name of the storage.</param>
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

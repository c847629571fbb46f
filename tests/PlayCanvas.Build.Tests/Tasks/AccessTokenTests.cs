using NUnit.Framework;
using PlayCanvas.Build.Tasks.Lists;
using PlayCanvas.Build.Tests.Support;

namespace PlayCanvas.Build.Tests.Tasks;

/// <summary>Tests the sources of the token.</summary>
[TestFixture]
public sealed class AccessTokenTests : TaskFixture
{
    private const string SecretsId = "web-game-secrets";

    [SetUp]
    public void AnswerAnybody()
    {
        Stub = new StubHandler();
        Stub.Always("GET /api/projects/1234567/apps", Replies.Json("""{"result":[]}"""));
        Stub.Always("GET /api/projects/1234567/app", Replies.Status(404));
        EnvironmentVariables.Clear();
        EnvironmentVariables["HOME"] = Folder.FullPath;
    }

    [Test]
    public void ItComesFromTheVariable()
    {
        EnvironmentVariables[TokenVariable] = "from-variable";

        Assert.That(TokenSentBy(new PlayCanvasListApps()), Is.EqualTo("from-variable"));
    }

    [Test]
    public void ItComesFromTheVariableThatIsNamed()
    {
        EnvironmentVariables[TokenVariable] = "from-variable";
        EnvironmentVariables["OTHER"] = "from-other";

        Assert.That(TokenSentBy(new PlayCanvasListApps { AccessTokenVariable = "OTHER" }), Is.EqualTo("from-other"));
    }

    [TestCase("from-file")]
    [TestCase("  from-file\r\n")]
    [TestCase("\uFEFFfrom-file\n")]
    public void AFileComesFirst(string content)
    {
        EnvironmentVariables[TokenVariable] = "from-variable";
        Folder.Write("secrets/token", content);

        Assert.That(TokenSentBy(new PlayCanvasListApps { AccessTokenFile = "secrets/token" }), Is.EqualTo("from-file"));
    }

    [TestCase("""{"PlayCanvas:AccessToken":"from-secrets"}""")]
    [TestCase("""{"PlayCanvas":{"AccessToken":"from-secrets"}}""")]
    [TestCase("""{"playcanvas":{"accesstoken":"from-secrets"}}""")]
    [TestCase("// mine\n{ /* token */ \"PlayCanvas:AccessToken\": \"from-secrets\", // here\n \"Other\": 1 }")]
    public void UserSecretsComeLast(string secrets)
    {
        Folder.Write($".microsoft/usersecrets/{SecretsId}/secrets.json", secrets);

        Assert.That(TokenSentBy(new PlayCanvasListApps { UserSecretsId = SecretsId }), Is.EqualTo("from-secrets"));
    }

    [Test]
    public void TheVariableBeatsUserSecrets()
    {
        EnvironmentVariables[TokenVariable] = "from-variable";
        Folder.Write($".microsoft/usersecrets/{SecretsId}/secrets.json", "broken");

        Assert.That(TokenSentBy(new PlayCanvasListApps { UserSecretsId = SecretsId }), Is.EqualTo("from-variable"));
    }

    [Test]
    public void On_Windows_user_secrets_lie_in_the_application_data()
    {
        EnvironmentVariables["APPDATA"] = Folder.File("AppData");
        Folder.Write($"AppData/Microsoft/UserSecrets/{SecretsId}/secrets.json", """{"PlayCanvas:AccessToken":"from-secrets"}""");

        Assert.That(TokenSentBy(new PlayCanvasListApps { UserSecretsId = SecretsId }), Is.EqualTo("from-secrets"));
    }

    [Test]
    public void Without_a_home_user_secrets_lie_in_the_fallback_folder()
    {
        EnvironmentVariables.Clear();
        EnvironmentVariables["DOTNET_USER_SECRETS_FALLBACK_DIR"] = Folder.File("fallback");
        Folder.Write($"fallback/.microsoft/usersecrets/{SecretsId}/secrets.json", """{"PlayCanvas:AccessToken":"from-secrets"}""");

        Assert.That(TokenSentBy(new PlayCanvasListApps { UserSecretsId = SecretsId }), Is.EqualTo("from-secrets"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("   ")]
    public void WithoutATokenTheErrorNamesTheVariable(string? value)
    {
        if (value is not null)
            EnvironmentVariables["OTHER"] = value;

        var message = RunBadly(new PlayCanvasListApps { AccessTokenVariable = "OTHER" }, "PLAYCANVAS1004");

        Assert.That(message, Does.Contain("environment variable OTHER").And.Contain("PlayCanvasAccessTokenFile").And.Contain("user secret PlayCanvas:AccessToken"));
        Assert.That(Stub!.Requests, Is.Empty);
    }

    [TestCase("""{"PlayCanvas:AccessToken":""}""")]
    [TestCase("""{"PlayCanvas:AccessToken":null}""")]
    [TestCase("""{"PlayCanvas:AccessToken":{"x":1}}""")]
    [TestCase("""{"PlayCanvas":"text"}""")]
    [TestCase("{}")]
    public void UserSecretsWithoutATokenAreNone(string secrets)
    {
        Folder.Write($".microsoft/usersecrets/{SecretsId}/secrets.json", secrets);

        RunBadly(new PlayCanvasListApps { UserSecretsId = SecretsId }, "PLAYCANVAS1004");
    }

    [TestCase("""{"PlayCanvas:AccessToken":"hidden" """)]
    [TestCase("hidden")]
    [TestCase("[]")]
    [TestCase("")]
    public void Broken_user_secrets_are_told_without_their_content(string secrets)
    {
        Folder.Write($".microsoft/usersecrets/{SecretsId}/secrets.json", secrets);

        var message = RunBadly(new PlayCanvasListApps { UserSecretsId = SecretsId }, "PLAYCANVAS1024");

        Assert.That(message, Does.Contain("secrets.json").And.Not.Contain("hidden"));
    }

    [Test]
    public void A_file_that_is_not_there_is_an_error_even_with_a_variable()
    {
        EnvironmentVariables[TokenVariable] = "from-variable";

        var message = RunBadly(new PlayCanvasListApps { AccessTokenFile = "missing" }, "PLAYCANVAS1006");

        Assert.That(message, Does.Contain("PlayCanvasAccessTokenFile").And.Contain(Folder.File("missing")));
        Assert.That(Stub!.Requests, Is.Empty);
    }

    [TestCase("")]
    [TestCase(" \n")]
    public void AnEmptyFileIsAnError(string content)
    {
        Folder.Write("token", content);

        RunBadly(new PlayCanvasListApps { AccessTokenFile = "token" }, "PLAYCANVAS1006");
    }

    [Test]
    public void AFolderIsNoTokenFile()
    {
        RunBadly(new PlayCanvasListApps { AccessTokenFile = "." }, "PLAYCANVAS1006");
    }

    [TestCase("Bearer hidden")]
    [TestCase("hidden\nhidden")]
    [TestCase("hid\u00e4den")]
    [TestCase("hid\u0001den")]
    [TestCase("\u201chidden\u201d")]
    public void AMalformedTokenIsToldByItsSourceAlone(string token)
    {
        EnvironmentVariables[TokenVariable] = token;

        var message = RunBadly(new PlayCanvasListApps(), "PLAYCANVAS1007");

        Assert.That(message, Does.Contain(TokenVariable).And.Not.Contain("hid"));
        Assert.That(Stub!.Requests, Is.Empty);
    }

    private string TokenSentBy(PlayCanvasListApps task)
    {
        RunWell(task);
        return Stub!.Requests[0].Authorization!["Bearer ".Length..];
    }
}

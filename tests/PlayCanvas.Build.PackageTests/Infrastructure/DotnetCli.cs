using System.Collections;
using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;

namespace PlayCanvas.Build.PackageTests.Infrastructure;

/// <summary>Runs the real <c>dotnet</c> in an environment that contains only those of the machine's variables that it needs to start.</summary>
internal static class DotnetCli
{
    /// <summary>Two dozen parallel builds on two cores take minutes. Only a hung process takes this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly HashSet<string> KeptVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "PATHEXT", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "TMPDIR", "TEMP", "TMP", "SystemRoot", "SystemDrive", "windir",
        "ComSpec", "ProgramFiles", "ProgramFiles(x86)", "ProgramData", "PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS", "LD_LIBRARY_PATH",
    };

    /// <summary>Makes the command line quiet and English, and keeps it from using or leaving processes other than its own.</summary>
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Environment variables in addition to those that <c>dotnet</c> needs.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    public static async Task<CommandResult> RunAsync(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var watch = Stopwatch.StartNew();
        var result = await Prepare(folder, variables, arguments).ExecuteBufferedAsync(timeout.Token);
        return new CommandResult(arguments, result.ExitCode, result.StandardOutput, result.StandardError, watch.Elapsed);
    }

    /// <summary>Runs a script in the environment of <see cref="RunAsync"/>, as the agents of CI systems do: it ends at the first command that fails.</summary>
    public static async Task<CommandResult> RunScriptAsync(string folder, IReadOnlyDictionary<string, string?> variables, string script)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var watch = Stopwatch.StartNew();
        string[] arguments = ["-eo", "pipefail", "-c", script];
        var result = await Prepare("bash", folder, variables, arguments).ExecuteBufferedAsync(timeout.Token);
        return new CommandResult(arguments, result.ExitCode, result.StandardOutput, result.StandardError, watch.Elapsed);
    }

    /// <summary>Runs <c>dotnet</c> like <see cref="RunAsync"/>, but lets it build in processes that the tests share.</summary>
    public static async Task<CommandResult> RunInServersAsync(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        using var server = TestRun.Current.Servers.Take();
        var result = await RunAsync(folder, variables.Concat(server.Variables).ToDictionary(), arguments);
        return result.LacksTheAnswerOfTheServer ? result with { ExitCode = 0 } : result;
    }

    /// <summary>Returns the command of <see cref="RunAsync"/>, for tests that observe it while it runs.</summary>
    public static Command Prepare(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments) => Prepare("dotnet", folder, variables, arguments);

    private static Command Prepare(string program, string folder, IReadOnlyDictionary<string, string?> variables, string[] arguments) => Cli.Wrap(program)
        .WithArguments(arguments)
        .WithWorkingDirectory(folder)
        .WithEnvironmentVariables(Environment(variables))
        .WithValidation(CommandResultValidation.None);

    private static Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?> variables)
    {
        // A null value removes the variable from those that the process of the test would pass on.
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => !KeptVariables.Contains(name))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in Quiet.Concat(variables))
            environment[name] = value;
        return environment;
    }
}

using System.Diagnostics;
using FlowApps.Testing;

namespace FlowApps.Conformance.Tests;

/// <summary>The conformance kit beside the repository: real flows, what they must do, and Kestra's published client.</summary>
internal static class Kit
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "conformance"));

    public static bool IsThere => File.Exists(Path.Combine(Folder, "run.py"));

    /// <summary>How the kit wants the server configured; a shell reads the file, as one value has line breaks.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync()
    {
        var (_, before) = await RunAsync(Folder, "env", "-i", "env", "-0");
        var (_, after) = await RunAsync(Folder, "env", "-i", "PATH=/usr/bin:/bin", "bash", "-c", "set -a; . ./server.env; env -0");
        return after.Split('\0', StringSplitOptions.RemoveEmptyEntries).Except(before.Split('\0')).Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0] is not ("PATH" or "PWD" or "SHLVL" or "_")).ToDictionary(pair => pair[0].Trim(), pair => pair[1]);
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}

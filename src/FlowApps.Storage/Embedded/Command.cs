using System.ComponentModel;
using System.Diagnostics;

namespace FlowApps.Storage.Embedded;

/// <summary>Runs a short program to its end.</summary>
internal static class Command
{
    /// <summary>Exit code (127 when it cannot be started) and what it wrote to both outputs.</summary>
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return (127, e.Message);
        }
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await error);
    }

    public static ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C";
        // The account that Postgres runs as may not be able to enter our own folder.
        start.WorkingDirectory = "/";
        return start;
    }
}

using System.Diagnostics;

namespace FlowApps.Plugins.Processes;

/// <summary>A process with everything it started. On Linux it leads a session of its own (through <c>setsid</c>) and carries a <see cref="ProcessMark"/>.</summary>
internal sealed class ProcessTree : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? OnPath("setsid") : null;
    private readonly string mark;
    private bool ended;

    private ProcessTree(ProcessStartInfo start)
    {
        mark = ProcessMark.Put(start.Environment);
        Leader = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    public Process Leader { get; }

    /// <summary>Starts a command with exactly this environment and nothing on its standard input. Errors: <see cref="TaskFailedException"/> when there is no such command.</summary>
    public static ProcessTree Start(IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Setsid ?? command[0])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Setsid is null ? command.Skip(1) : command) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            var tree = new ProcessTree(start);
            tree.Leader.StandardInput.Close();
            return tree;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new TaskFailedException($"The command '{command[0]}' could not be started: {e.Message}", null, e);
        }
    }

    /// <summary>The full path of a program that the worker finds, or null.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Waits for the leader to end and ends what it left behind; when cancelled asks the whole tree to stop, then makes it.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Leader.WaitForExitAsync(cancellation);
            return Leader.ExitCode;
        }
        catch (OperationCanceledException)
        {
            if (Setsid is not null) ProcessSignals.Send(-Leader.Id, ProcessSignals.Terminate);
            using var grace = new CancellationTokenSource(Grace);
            await Leader.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            End();
        }
    }

    public void Dispose()
    {
        End();
        Leader.Dispose();
    }

    /// <summary>Once only: later the ids may belong to others.</summary>
    private void End()
    {
        if (ended) return;
        ended = true;
        if (!Leader.HasExited) Leader.Kill(entireProcessTree: true);
        if (Setsid is null) return;
        ProcessSignals.Send(-Leader.Id, ProcessSignals.Kill);
        foreach (var id in ProcessMark.OfRun(mark)) ProcessSignals.Send(id, ProcessSignals.Kill);
    }
}

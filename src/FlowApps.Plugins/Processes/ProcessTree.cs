using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FlowApps.Plugins.Processes;

/// <summary>
/// A process with everything it started. On Linux it leads a session of its own (through <c>setsid</c>) and carries a mark in its environment, so that children that left
/// the session are found as well.
/// </summary>
internal sealed partial class ProcessTree : IDisposable
{
    private const string Mark = "FLOWAPPS_RUN";
    private const int Terminate = 15, Kill = 9;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? OnPath("setsid") : null;
    private readonly string mark = Guid.NewGuid().ToString("N");

    private ProcessTree(ProcessStartInfo start)
    {
        start.Environment[Mark] = mark;
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

    /// <summary>Waits for the leader to end; when cancelled asks the whole tree to stop, then makes it.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Leader.WaitForExitAsync(cancellation);
            return Leader.ExitCode;
        }
        catch (OperationCanceledException)
        {
            if (Setsid is not null) Signal(-Leader.Id, Terminate);
            using var grace = new CancellationTokenSource(Grace);
            await Leader.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        finally
        {
            KillAll();
        }
    }

    public void Dispose()
    {
        KillAll();
        Leader.Dispose();
    }

    private void KillAll()
    {
        if (!Leader.HasExited) Leader.Kill(entireProcessTree: true);
        if (Setsid is null) return;
        Signal(-Leader.Id, Kill);
        foreach (var id in Marked()) Signal(id, Kill);
    }

    private List<int> Marked()
    {
        var wanted = Encoding.ASCII.GetBytes($"{Mark}={mark}");
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Carries(folder, wanted)) found.Add(id);
        return found;
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Signal(int id, int signal) => _ = SendSignal(id, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int id, int signal);
}

using System.Diagnostics;
using System.Globalization;

namespace FlowApps.Survival;

/// <summary>Makes calls of a running process and its children to the operating system fail (strace), and counts how many did.</summary>
internal sealed class Tracer : IAsyncDisposable
{
    private const string Program = "/usr/bin/strace";
    private const string Yama = "/proc/sys/kernel/yama/ptrace_scope";
    private const ulong MayTraceBit = 1UL << 19;
    private static readonly TimeSpan AttachLimit = TimeSpan.FromSeconds(30);
    private readonly Process strace;
    private readonly string log;

    private Tracer(Process strace, string log) => (this.strace, this.log) = (strace, log);

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program) ? "strace is not installed." : !MayTraceOthers() || !MayTrace() ? "This user may not trace processes." : null;

    /// <summary>Whether what was traced has ended, and the tracer with it.</summary>
    public bool HasEnded => strace.HasExited;

    /// <summary>How many calls failed so far. Each is counted before whoever made it learns of it.</summary>
    public int Injected => Failures.Count;

    /// <summary>The calls that failed so far, with the file each was about.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            if (!File.Exists(log)) return [];
            using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return [.. reader.ReadToEnd().Split('\n').Where(line => line.Contains("(INJECTED)", StringComparison.Ordinal))];
        }
    }

    /// <param name="process">Its id.</param>
    /// <param name="log">A file that is not there yet.</param>
    /// <param name="faults">Such as <c>fsync:error=EIO:when=2+2</c>, every second call of each thread.</param>
    public static async Task<Tracer> AttachAsync(int process, string log, params string[] faults)
    {
        var calls = string.Join(',', faults.Select(fault => fault.Split(':')[0]).Distinct());
        string[] arguments = ["-f", "-y", "-s", "16", "-o", log, "-e", $"trace={calls}", .. faults.SelectMany(fault => new[] { "-e", $"inject={fault}" }), "-p", process.ToString(CultureInfo.InvariantCulture)];
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var strace = new Process { StartInfo = new ProcessStartInfo(Program, arguments) { RedirectStandardError = true }, EnableRaisingEvents = true };
        strace.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("attached", StringComparison.Ordinal) == true) attached.TrySetResult();
        };
        strace.Exited += (_, _) => attached.TrySetResult();
        strace.Start();
        strace.BeginErrorReadLine();
        await attached.Task.WaitAsync(AttachLimit);
        return new Tracer(strace, log);
    }

    /// <summary>Lets the process go on without faults.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!strace.HasExited) Rig.Run("kill", "-INT", strace.Id.ToString(CultureInfo.InvariantCulture));
        await strace.WaitForExitAsync();
        strace.Dispose();
    }

    /// <summary>Root needs the capability, since the database runs as somebody else; others need a kernel that lets them trace what is not their child.</summary>
    private static bool MayTraceOthers()
    {
        if (Environment.UserName != "root") return !File.Exists(Yama) || File.ReadAllText(Yama).Trim() == "0";
        var capabilities = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))["CapEff:".Length..].Trim();
        return (ulong.Parse(capabilities, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & MayTraceBit) != 0;
    }

    private static bool MayTrace()
    {
        using var trial = Process.Start(Program, ["-o", "/dev/null", "true"]);
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}

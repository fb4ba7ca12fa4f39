using System.Globalization;

namespace FlowApps.Storage.Embedded;

/// <summary>What <c>postmaster.pid</c> says, checked against the processes that really run.</summary>
internal sealed record Postmaster(int Pid, string Status)
{
    public bool IsReady => Status == "ready";

    /// <summary>Null when no live postmaster serves the folder, whatever its pid file says.</summary>
    public static Postmaster? Of(string folder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PidFile(folder));
        }
        catch (IOException)
        {
            return null;
        }
        if (lines.Length == 0 || !int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var pid)) return null;
        return Serves(pid, folder) ? new Postmaster(pid, lines.Length > 7 ? lines[7].Trim() : "") : null;
    }

    /// <summary>
    /// Removes what a killed postmaster left. Its children may outlive it for a moment and a zombie answers signals for ever, so what counts is whether any live
    /// process works in the folder; until none does, the shared memory is still in use.
    /// </summary>
    public static async Task ClearRemainsAsync(string folder, string socketFolder, CancellationToken cancellation)
    {
        if (!File.Exists(PidFile(folder))) return;
        while (OperatingSystem.IsLinux() && Processes().Any(pid => Serves(pid, folder))) await Task.Delay(20, cancellation);
        File.Delete(PidFile(folder));
        foreach (var remains in Directory.GetFiles(socketFolder, ".s.PGSQL.*")) File.Delete(remains);
    }

    private static string PidFile(string folder) => Path.Combine(folder, "postmaster.pid");

    private static bool Serves(int pid, string folder)
    {
        if (!OperatingSystem.IsLinux()) return IsAlive(pid);
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var state = stat[stat.LastIndexOf(')')..].Split(' ')[1];
            return state is not ("Z" or "X") && new DirectoryInfo($"/proc/{pid}/cwd").ResolveLinkTarget(true)?.FullName == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Processes() =>
        Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0).Where(pid => pid > 0);

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

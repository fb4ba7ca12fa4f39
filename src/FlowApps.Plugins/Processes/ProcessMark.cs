using System.Globalization;
using System.Text;

namespace FlowApps.Plugins.Processes;

/// <summary>
/// Finds processes by a mark in their environment, on Linux, so that nothing a command started is lost sight of: neither children that left its session nor those of a
/// worker that died.
/// </summary>
internal static class ProcessMark
{
    private const string Run = "FLOWAPPS_RUN", Worker = "FLOWAPPS_WORKER";
    private static readonly string Self = WorkerName(Environment.ProcessId) ?? "";

    /// <summary>Marks the environment of a process to start; returns the mark of this run.</summary>
    public static string Put(IDictionary<string, string?> environment)
    {
        var mark = Guid.NewGuid().ToString("N");
        environment[Run] = mark;
        environment[Worker] = Self;
        return mark;
    }

    /// <summary>The processes of one run.</summary>
    public static IEnumerable<int> OfRun(string mark) => Find($"{Run}={mark}").Select(found => found.Id);

    /// <summary>The processes of workers that are no more: those whose process id is gone or belongs to a process that started at another time.</summary>
    public static IEnumerable<int> OfDeadWorkers() => Find(Worker + "=").Where(found => IsDead(found.Value)).Select(found => found.Id);

    private static bool IsDead(string worker) =>
        int.TryParse(worker.AsSpan(0, Math.Max(worker.IndexOf('-', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var id) && WorkerName(id) != worker;

    /// <summary>Process id and start time; null when there is no such process.</summary>
    private static string? WorkerName(int id)
    {
        var stat = Read($"/proc/{id}/stat");
        if (stat.Length == 0) return null;
        var fields = Encoding.UTF8.GetString(stat)[(Encoding.UTF8.GetString(stat).LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] == "Z" ? null : $"{id}-{fields[19]}";
    }

    private static IEnumerable<(int Id, string Value)> Find(string prefix)
    {
        if (!OperatingSystem.IsLinux()) yield break;
        var wanted = Encoding.UTF8.GetBytes("\0" + prefix);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            byte[] environment = [0, .. Read(folder + "/environ")];
            var at = environment.AsSpan().IndexOf(wanted);
            if (at < 0) continue;
            var value = environment.AsSpan(at + wanted.Length);
            yield return (id, Encoding.UTF8.GetString(value[..Math.Max(value.IndexOf((byte)0), 0)]));
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

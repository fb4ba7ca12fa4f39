using System.Text.Json;
using FlowApps.Domain.Logs;
using FlowApps.Plugins.Tasks.Metrics;

namespace FlowApps.Plugins.Processes;

/// <summary>
/// What a command says while it runs: lines become log entries, lines of the form <c>::{"outputs": …, "metrics": …, "logs": …}::</c> are taken as data.
/// Beyond <see cref="MaxLogged"/> nothing more is logged, and the log says so; data lines still count.
/// </summary>
internal sealed class CommandOutput(TaskContext context)
{
    /// <summary>In characters.</summary>
    public const long MaxLogged = 10 * 1024 * 1024;

    private readonly Lock gate = new();
    private long logged;

    public OrderedDictionary<string, object?> Variables { get; } = Data.Map();

    public int StandardLines { get; private set; }

    public int ErrorLines { get; private set; }

    public void Standard(string line)
    {
        lock (gate)
        {
            StandardLines++;
            if (!Take(line.AsSpan().Trim())) Write(LogLevel.Info, line);
        }
    }

    public void Error(string line)
    {
        lock (gate)
        {
            ErrorLines++;
            Write(LogLevel.Error, line);
        }
    }

    private void Write(LogLevel level, string line)
    {
        if (logged > MaxLogged) return;
        logged += line.Length;
        context.Log(level, line);
        if (logged > MaxLogged) context.Log(LogLevel.Warn, $"More than {MaxLogged / 1024 / 1024} MB of output; the rest is not logged.");
    }

    private bool Take(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("::{") || !line.EndsWith("}::")) return false;
        try
        {
            if (Data.Parse(line[2..^2].ToString()) is not IReadOnlyDictionary<string, object?> message) return false;
            foreach (var (name, value) in message.GetValueOrDefault("outputs") as IReadOnlyDictionary<string, object?> ?? Data.Map()) Variables[name] = value;
            foreach (var metric in message.GetValueOrDefault("metrics") as IReadOnlyList<object?> ?? []) context.Metric(PublishedMetric.From(metric));
            foreach (var entry in message.GetValueOrDefault("logs") as IReadOnlyList<object?> ?? []) WriteEntry(entry);
            return true;
        }
        catch (Exception e) when (e is JsonException or TaskFailedException)
        {
            context.Log(LogLevel.Warn, $"A line that looks like outputs could not be read: {e.Message}");
            return false;
        }
    }

    private void WriteEntry(object? entry)
    {
        if (entry is not IReadOnlyDictionary<string, object?> map) return;
        var level = Enum.TryParse<LogLevel>(map.GetValueOrDefault("level") as string, ignoreCase: true, out var named) ? named : LogLevel.Info;
        Write(level, (string?)PropertyConversion.To(typeof(string), map.GetValueOrDefault("message")) ?? "");
    }
}

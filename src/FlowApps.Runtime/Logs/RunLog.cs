using FlowApps.Domain.Logs;

namespace FlowApps.Runtime.Logs;

/// <summary>
/// The log of one attempt: masked, cut into entries, handed to the pipe while it runs. What is left at the end goes into the commit of the report,
/// so a short task costs no write of its own.
/// </summary>
internal sealed class RunLog(LogEntry origin, SecretMask mask, LogLevel minLevel, LogPipe pipe, LogFile? file, TimeProvider clock)
{
    private const int MaxMessage = 32_000;
    private readonly Lock gate = new();
    private List<LogEntry> pending = [];
    private Task writing = Task.CompletedTask;
    private DateTimeOffset last;

    public void Write(LogLevel level, string message)
    {
        if (level < minLevel) return;
        message = mask.Apply(message.Replace('\0', ' '));
        lock (gate)
        {
            if (file is not null)
            {
                file.Write(Entry(level, message, false));
                return;
            }
            for (var at = 0; at == 0 || at < message.Length; at += MaxMessage) pending.Add(Entry(level, message.AsSpan(at, Math.Min(MaxMessage, message.Length - at)).ToString(), at > 0));
            if (pending.Count != 1 && pending.Count < LogPipe.BatchSize) return;
        }
        pipe.Notice(this);
    }

    /// <summary>The lines not yet handed to the store, for the pipe; <paramref name="written"/> completes when it has them durable.</summary>
    public IReadOnlyList<LogEntry> Take(Task written)
    {
        lock (gate)
        {
            if (pending.Count == 0) return [];
            writing = written;
            var taken = pending;
            pending = [];
            return taken;
        }
    }

    /// <summary>Waits for lines under way and returns the rest.</summary>
    public async ValueTask<IReadOnlyList<LogEntry>> CompleteAsync()
    {
        IReadOnlyList<LogEntry> rest;
        Task under;
        lock (gate)
        {
            (rest, pending) = (pending, []);
            under = writing;
        }
        if (!under.IsCompleted) await under;
        return rest;
    }

    /// <summary>Parts of one long message are a millisecond apart, so that they stay in order; a line never goes back in time.</summary>
    private LogEntry Entry(LogLevel level, string message, bool continues)
    {
        var now = clock.GetUtcNow();
        last = continues ? last.AddMilliseconds(1) : now > last ? now : last;
        return origin with { Level = level, Message = message, Timestamp = last };
    }
}

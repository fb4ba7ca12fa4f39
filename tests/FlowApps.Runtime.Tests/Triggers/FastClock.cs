namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>A clock that runs many times faster than the real one, timers too, and that may jump, as clocks of computers do: timers do not notice a jump.</summary>
internal sealed class FastClock(DateTimeOffset start, int speed) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();
    private long jumped;

    /// <summary>The ticks at which it stands still; zero while it runs. One word, as it is read while it is written.</summary>
    private long stopped;

    public void Jump(TimeSpan by) => Interlocked.Add(ref jumped, by.Ticks);

    /// <summary>Time stands still; timers ring as before.</summary>
    public void Stop() => Volatile.Write(ref stopped, GetUtcNow().UtcTicks);

    /// <summary>Time goes on where it stood.</summary>
    public void Go()
    {
        Jump(GetUtcNow() - Running);
        Volatile.Write(ref stopped, 0);
    }

    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref stopped) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : Running;

    public override long GetTimestamp() => Passed.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private DateTimeOffset Running => start + Passed + TimeSpan.FromTicks(Interlocked.Read(ref jumped));

    private TimeSpan Passed => System.GetElapsedTime(begun) * speed;

    private TimeSpan Faster(TimeSpan span) => span > TimeSpan.Zero ? span / speed : span;
}

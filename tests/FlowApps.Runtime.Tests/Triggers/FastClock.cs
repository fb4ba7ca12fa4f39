namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>A clock that runs many times faster than the real one, timers too, and that may jump, as clocks of computers do: timers do not notice a jump.</summary>
internal sealed class FastClock(DateTimeOffset start, int speed) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();
    private long jumped;
    private DateTimeOffset? stopped;

    public void Jump(TimeSpan by) => Interlocked.Add(ref jumped, by.Ticks);

    /// <summary>Time stands still; timers ring as before.</summary>
    public void Stop() => stopped = GetUtcNow();

    public override DateTimeOffset GetUtcNow() => stopped ?? start + Passed + TimeSpan.FromTicks(Interlocked.Read(ref jumped));

    public override long GetTimestamp() => Passed.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private TimeSpan Passed => System.GetElapsedTime(begun) * speed;

    private TimeSpan Faster(TimeSpan span) => span > TimeSpan.Zero ? span / speed : span;
}

namespace FlowApps.Storage.Tests;

/// <summary>A clock that shows what a test says; timers run as ever.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

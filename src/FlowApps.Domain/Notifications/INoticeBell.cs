namespace FlowApps.Domain.Notifications;

/// <summary>Says that notices were committed in this process. Rung after the commit; whoever listens looks into the outbox.</summary>
public interface INoticeBell
{
    void Ring();

    /// <summary>Completes at the next ring (also one that nobody has heard yet), or after a time at most, since other processes commit too.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellation);
}

using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>An execution as last committed: its state, the number of events behind it, and how many of them the stored snapshot holds.</summary>
public sealed record LiveExecution(Execution State, long Version, long SnapshotVersion)
{
    /// <summary>Completes a stored snapshot with the events after it.</summary>
    public static LiveExecution From(StoredExecution stored)
    {
        var state = stored.Snapshot;
        foreach (var happened in stored.Tail) state = Evolution.Apply(state, happened);
        return new LiveExecution(state ?? throw new InvalidOperationException("A stored execution has no events."), stored.Version, stored.SnapshotVersion);
    }
}

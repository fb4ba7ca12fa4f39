using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>An execution as last committed: its state, the number of events behind it, and how many of them the stored snapshot holds.</summary>
public sealed record LiveExecution(Execution State, long Version, long SnapshotVersion)
{
    /// <summary>Completes a stored snapshot with the events after it. Errors: RefusedException Quarantined when they do not fit together.</summary>
    public static LiveExecution From(string id, StoredExecution stored)
    {
        var (state, version) = (stored.Snapshot, stored.SnapshotVersion);
        foreach (var happened in stored.Tail)
        {
            version++;
            try
            {
                state = Evolution.Apply(state, happened);
            }
            catch (Exception e)
            {
                throw RefusedException.Quarantined(id, $"event {version} does not fit what was before it ({e.Message})");
            }
        }
        if (state?.Id != id) throw RefusedException.Quarantined(id, state is null ? "it has no events" : "its first event is of another one");
        return new LiveExecution(state, stored.Version, stored.SnapshotVersion);
    }
}

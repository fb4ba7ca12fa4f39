using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Runtime.Executions;

/// <summary>An execution under decision: as loaded, and what this turn adds.</summary>
internal sealed class Subject(Flow flow, LiveExecution? before)
{
    /// <summary>Events that are read about as fast as a snapshot of what they made, and cost nothing to keep.</summary>
    private const int SnapshotEvery = 500;

    public Flow Flow { get; } = flow;

    public LiveExecution? Before { get; } = before;

    public List<ExecutionEvent> Events { get; } = [];

    /// <summary>How many executions of this turn stand between it and the one whose turn it is.</summary>
    public int Depth { get; init; }

    /// <summary>Null until the first decision of a new execution.</summary>
    public Execution? State { get; set; } = before?.State;

    public Execution Now => State ?? throw new InvalidOperationException("Nothing was decided yet.");

    public string Id => Now.Id;

    public long Version => (Before?.Version ?? 0) + Events.Count;

    public StreamAppend ToAppend()
    {
        var writes = WritesSnapshot();
        return new StreamAppend(Id, Before?.Version ?? 0, Events, Now, writes);
    }

    public LiveExecution After() => new(Now, Version, WritesSnapshot() ? Version : Before?.SnapshotVersion ?? 0);

    /// <summary>Never while few events tell it all, else at rests and ends, and in between so seldom that all snapshots together cost no more than the task runs they hold.</summary>
    private bool WritesSnapshot()
    {
        var since = Version - (Before?.SnapshotVersion ?? 0);
        var rests = Now.State.Current.IsTerminal || Now.State.Current == Domain.Executions.State.Paused;
        return since > (rests ? SnapshotEvery : Math.Max(SnapshotEvery, Now.TaskRuns.Count));
    }
}

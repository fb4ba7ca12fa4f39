using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Triggers;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Executions;

/// <summary>What a turn works with.</summary>
internal sealed record TurnTools(
    ExecutionDecider Decider, FlowRegistry Flows, FlowIndexes Indexes, ExecutionStarts Starts, Attempts Attempts, WorkPool Pool, SlotKeeper Slots, FlowTriggers Triggers, TimeProvider Clock)
{
    public string NewId() => Ids.New(Clock);
}

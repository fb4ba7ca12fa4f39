using FlowApps.Domain.Flows;
using FlowApps.Engine.Triggers;

namespace FlowApps.Runtime.Triggers;

/// <summary>The newest revisions of the flows that listen to executions, and who wants to know when any flow changes.</summary>
internal sealed class TriggerIndex
{
    private readonly Dictionary<FlowId, Flow> listening = [];

    /// <summary>Told after a flow was saved, disabled or removed, on the saver's thread.</summary>
    public event Action<FlowId> Changed = _ => { };

    /// <summary>The enabled Flow triggers of enabled flows.</summary>
    public IReadOnlyList<(Flow Flow, FlowTrigger Trigger)> Listeners { get; private set; } = [];

    public void Set(Flow flow)
    {
        lock (listening)
        {
            var hasListened = listening.Remove(flow.Key);
            var listens = !flow.Disabled && flow.Triggers.Any(trigger => trigger is FlowTrigger { Disabled: false });
            if (listens) listening[flow.Key] = flow;
            if (listens || hasListened) Collect();
        }
        Changed(flow.Key);
    }

    public void Remove(FlowId key)
    {
        lock (listening)
            if (listening.Remove(key)) Collect();
        Changed(key);
    }

    private void Collect() => Listeners = [.. from flow in listening.Values from trigger in flow.Triggers.OfType<FlowTrigger>() where !trigger.Disabled select (flow, trigger)];
}

using System.Collections.Concurrent;
using FlowApps.Domain.Flows;
using FlowApps.Engine.Triggers;

namespace FlowApps.Runtime.Triggers;

/// <summary>The newest revisions of all flows that have triggers, and who wants to know when they change.</summary>
internal sealed class TriggerIndex
{
    private readonly ConcurrentDictionary<FlowId, Flow> flows = new();

    /// <summary>Told after a flow with triggers was saved, disabled or removed (null), on the saver's thread.</summary>
    public event Action<FlowId, Flow?> Changed = (_, _) => { };

    public IEnumerable<Flow> Flows => flows.Values;

    /// <summary>The enabled Flow triggers of enabled flows: who listens to executions.</summary>
    public IReadOnlyList<(Flow Flow, FlowTrigger Trigger)> Listeners { get; private set; } = [];

    public Flow? Find(FlowId key) => flows.GetValueOrDefault(key);

    public void Set(Flow flow)
    {
        if (flow.Triggers.Count > 0)
        {
            if (flows.TryGetValue(flow.Key, out var known) && ReferenceEquals(known, flow)) return;
            flows[flow.Key] = flow;
            Tell(flow.Key, flow);
        }
        else
        {
            Remove(flow.Key);
        }
    }

    public void Remove(FlowId key)
    {
        if (flows.TryRemove(key, out _)) Tell(key, null);
    }

    public void KeepOnly(HashSet<FlowId> keys)
    {
        foreach (var key in flows.Keys)
            if (!keys.Contains(key)) Remove(key);
    }

    private void Tell(FlowId key, Flow? flow)
    {
        lock (flows)
            Listeners = [.. from listening in flows.Values where !listening.Disabled from trigger in listening.Triggers.OfType<FlowTrigger>() where !trigger.Disabled select (listening, trigger)];
        Changed(key, flow);
    }
}

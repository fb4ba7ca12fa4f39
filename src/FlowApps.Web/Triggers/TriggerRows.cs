using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Triggers;

/// <summary>The rows of trigger lists. Flows are read from memory.</summary>
public sealed class TriggerRows(ITriggerStore store, IFlows flows)
{
    public const int Size = 50;

    public async Task<Page<TriggerRow>> ListAsync(TriggerQuery query, int page, CancellationToken cancellation)
    {
        var found = await store.SearchAsync(query, new PageRequest(page, Size), cancellation);
        var rows = new List<TriggerRow>(found.Results.Count);
        foreach (var state in found.Results)
            rows.Add(new TriggerRow(state, (await flows.FindAsync(state.Key.Flow, null, cancellation))?.Triggers.FirstOrDefault(trigger => trigger.Id == state.Key.TriggerId)));
        return new Page<TriggerRow>(rows, found.Total);
    }

    /// <summary>All triggers of a flow, those without a stored state too.</summary>
    public async Task<IReadOnlyList<TriggerRow>> OfFlowAsync(FlowId flow, CancellationToken cancellation)
    {
        var definitions = (await flows.FindAsync(flow, null, cancellation))?.Triggers ?? [];
        var states = (await store.SearchAsync(new TriggerQuery(flow.Namespace, flow.Id), new PageRequest(1, 1000), cancellation)).Results.Where(state => state.Key.Flow == flow).ToDictionary(state => state.Key.TriggerId, StringComparer.Ordinal);
        return definitions.Select(definition => new TriggerRow(states.GetValueOrDefault(definition.Id) ?? new TriggerState { Key = new TriggerKey(flow.Namespace, flow.Id, definition.Id), Type = definition.Type, Disabled = definition.Disabled }, definition)).ToList();
    }
}

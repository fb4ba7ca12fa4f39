using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;
using Turn = FlowApps.Runtime.Executions.Turn;

namespace FlowApps.Runtime.Triggers;

/// <summary>Lets flows listen to executions of other flows. What they start, and what a window has seen, is in the commit of the change they listened to.</summary>
internal sealed class FlowTriggers(TriggerIndex index, TriggerScopes scopes, TriggerStarts starts, TriggerSwitches switches, ExecutionReader executions, IDocumentStore documents, TimeProvider clock)
{
    public const string Window = "trigger-window";

    public async ValueTask OnChangeAsync(Turn turn, Subject subject, StateChanged change, CancellationToken cancellation)
    {
        var listeners = index.Listeners;
        if (listeners.Count == 0 || subject.Depth >= Turn.MaxDepth || subject.Now.Kind != ExecutionKind.Normal) return;
        var upstream = AsOf(subject.Now, change.To);
        foreach (var (flow, trigger) in listeners)
            if (flow.Key != upstream.Flow && (trigger.Preconditions is not null || trigger.Hears(change.To))) await ListenAsync(turn, subject, flow, trigger, upstream, cancellation);
    }

    private async ValueTask ListenAsync(Turn turn, Subject subject, Flow flow, FlowTrigger trigger, Execution upstream, CancellationToken cancellation)
    {
        var found = new TriggerFinding(flow, trigger, Ids.New(clock), trigger.VariablesFor(upstream, [upstream])) { Upstream = upstream };
        try
        {
            var context = scopes.ConditionsFor(flow, upstream, found.Variables);
            if (!trigger.Looks(flow, upstream, context) || await switches.IsOffAsync(new TriggerKey(flow.Namespace, flow.Id, trigger.Id), cancellation)) return;
            var met = new HashSet<string>(StringComparer.Ordinal);
            var isComplete = true;
            foreach (var parts in trigger.Pending(upstream, context))
            {
                if (await NoteAsync(turn, flow, trigger, parts, upstream, cancellation) is { } ids) met.UnionWith(ids);
                else isComplete = false;
            }
            if (!isComplete) return;
            if (trigger.DependsOn.Count > 1) found = found with { Variables = trigger.VariablesFor(upstream, await AllAsync(met, upstream, cancellation)) };
        }
        catch (Exception e) when (e is ExpressionException or FormatException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            await turn.AddAsync(TriggerStarts.Failed(found, e.Message), subject);
            return;
        }
        await turn.AddAsync(starts.Of(found), subject);
    }

    /// <summary>Notes what this execution met in its window; the executions that made it complete, null while it is not.</summary>
    private async ValueTask<IReadOnlyCollection<string>?> NoteAsync(Turn turn, Flow flow, FlowTrigger trigger, PendingParts parts, Execution upstream, CancellationToken cancellation)
    {
        if (parts.Met.Count == 0) return null;
        var id = trigger.MemoryId(flow.Key, parts.Id);
        var pending = turn.Draft.FindDocument(Window, id);
        var stored = pending is null ? await documents.LoadAsync<MultipleWindow>(Window, id, cancellation) : null;
        var seen = pending?.Json is { } json ? System.Text.Json.JsonSerializer.Deserialize<MultipleWindow>(json, Data.Json) : stored?.Value;
        var (next, complete) = (seen ?? new MultipleWindow()).Note(parts, upstream.Id, clock.GetUtcNow());
        turn.Draft.Put(new DocumentWrite(Window, id, Data.Write(next), pending?.ExpectedVersion ?? stored?.Version ?? 0, flow.Namespace));
        return complete;
    }

    /// <summary>The executions that met the parts, this one as it is in this commit.</summary>
    private async ValueTask<IReadOnlyCollection<Execution>> AllAsync(IEnumerable<string> ids, Execution upstream, CancellationToken cancellation)
    {
        var all = new List<Execution>();
        foreach (var id in ids)
            if (id == upstream.Id) all.Add(upstream);
            else if (await executions.FindAsync(id, cancellation) is { } other) all.Add(other.State);
        return all;
    }

    /// <summary>The execution as it was when it came into a state: one decision may pass through several.</summary>
    private static Execution AsOf(Execution execution, State state) => execution.State.Current != state && execution.State.Until(state) is { } trail
        ? execution with { State = trail, Outputs = null }
        : execution;
}

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
internal sealed class FlowTriggers(TriggerIndex index, TriggerScopes scopes, TriggerStarts starts, TriggerSwitches switches, IDocumentStore documents, TimeProvider clock)
{
    private const string Window = "trigger-window";

    public async ValueTask OnChangeAsync(Turn turn, Subject subject, StateChanged change, CancellationToken cancellation)
    {
        var listeners = index.Listeners;
        if (listeners.Count == 0 || subject.Depth >= Turn.MaxDepth || subject.Now.Kind != ExecutionKind.Normal) return;
        var upstream = AsOf(subject.Now, change.To);
        foreach (var (flow, trigger) in listeners)
            if (flow.Key != upstream.Flow && (trigger.Preconditions is not null || trigger.States.Contains(change.To))) await ListenAsync(turn, subject, flow, trigger, upstream, cancellation);
    }

    private async ValueTask ListenAsync(Turn turn, Subject subject, Flow flow, FlowTrigger trigger, Execution upstream, CancellationToken cancellation)
    {
        var found = new TriggerFinding(flow, trigger, Ids.New(clock), FlowTrigger.VariablesFor(upstream)) { Upstream = upstream };
        try
        {
            var context = scopes.ConditionsFor(flow, upstream, found.Variables);
            if (!trigger.Looks(flow, upstream, context) || await switches.IsOffAsync(new TriggerKey(flow.Namespace, flow.Id, trigger.Id), cancellation)) return;
            var isComplete = true;
            foreach (var parts in trigger.Pending(upstream, context)) isComplete &= await NoteAsync(turn, flow, trigger, parts, cancellation);
            if (!isComplete) return;
        }
        catch (Exception e) when (e is ExpressionException or FormatException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            await turn.AddAsync(TriggerStarts.Failed(found, e.Message), subject);
            return;
        }
        await turn.AddAsync(starts.Of(found), subject);
    }

    /// <summary>Notes what this execution met in its window; true when the window is complete.</summary>
    private async ValueTask<bool> NoteAsync(Turn turn, Flow flow, FlowTrigger trigger, PendingParts parts, CancellationToken cancellation)
    {
        if (parts.Met.Count == 0) return false;
        var id = $"{flow.Namespace}/{flow.Id}/{trigger.Id}/{parts.Id}";
        var pending = turn.Draft.FindDocument(Window, id);
        var stored = pending is null ? await documents.LoadAsync<MultipleWindow>(Window, id, cancellation) : null;
        var seen = pending?.Json is { } json ? System.Text.Json.JsonSerializer.Deserialize<MultipleWindow>(json, Data.Json) : stored?.Value;
        var (next, isComplete) = (seen ?? new MultipleWindow()).Note(parts.Parts, parts.Met, parts.Window, clock.GetUtcNow(), parts.ResetOnSuccess);
        turn.Draft.Put(new DocumentWrite(Window, id, Data.Write(next), pending?.ExpectedVersion ?? stored?.Version ?? 0, flow.Namespace));
        return isComplete;
    }

    /// <summary>The execution as it was when it came into a state: one decision may pass through several.</summary>
    private static Execution AsOf(Execution execution, State state)
    {
        if (execution.State.Current == state) return execution;
        var last = execution.State.Histories.FindLastIndex(change => change.State == state);
        return last < 0 ? execution : execution with { State = new StateTrail(execution.State.Histories.GetRange(0, last + 1)), Outputs = null };
    }
}

using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Triggers;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Triggers;

/// <summary>Looks, when a window of a Flow trigger ends, whether what it waited for has happened in it; if not, people see a failed execution with the labels of <c>onMiss</c>.</summary>
internal sealed class MissedWindows(ITriggerStore store, IDocumentStore documents, ExecutionHandler handler, TimeProvider clock)
{
    /// <summary>False when somebody else moved the row first.</summary>
    public async Task<bool> LookAsync(Flow flow, FlowTrigger trigger, TriggerState state, long version, CancellationToken cancellation)
    {
        var end = state.NextExecutionDate ?? throw new InvalidOperationException("A row without a date is not due.");
        var now = clock.GetUtcNow();
        var moved = state with { Date = end, NextExecutionDate = trigger.Window!.NextEnd(now > end ? now : end), UpdatedDate = now };
        if (await IsMetAsync(flow, trigger, end, cancellation)) return await store.StoreAsync([(moved, version)], cancellation);
        var missed = new TriggerFinding(flow, trigger, Ids.New(clock), Data.Map(("date", end.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)))) { Labels = trigger.OnMiss!.Labels };
        try
        {
            await handler.StartAsync(TriggerStarts.Failed(missed, $"What the trigger '{trigger.Id}' waits for had not happened when its window ended at {end:yyyy-MM-dd HH:mm:ss zzz}."), null,
                (turn, _) => turn.Draft.Move(moved, version), cancellation);
            return true;
        }
        catch (Domain.Problems.RefusedException e) when (e.Kind == Domain.Problems.RefusalKind.Conflict)
        {
            return false;
        }
    }

    private async Task<bool> IsMetAsync(Flow flow, FlowTrigger trigger, DateTimeOffset end, CancellationToken cancellation) =>
        trigger.Window!.At(end.AddTicks(-1)) is not var (start, _) ||
        await documents.LoadAsync<MultipleWindow>(FlowTriggers.Window, trigger.MemoryId(flow.Key), cancellation) is { Value.CompletedAt: { } met } && met >= start;
}

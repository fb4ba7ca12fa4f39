using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Triggers;

/// <summary>
/// A trigger whose execution still runs is locked by that execution's id (kestra-semantics 10.2). It is freed when the execution is over, and switched off when it
/// ended in a state of <c>stopAfter</c>.
/// </summary>
internal sealed class TriggerLocks(ITriggerStore store, ExecutionReader reader, INeighbours neighbours, TimeProvider clock, ILogger<TriggerLocks> logger)
{
    private const int MaxRaces = 20;
    private IReadOnlySet<string> missing = new HashSet<string>();

    /// <summary>Told on this process when a trigger was freed, switched or changed by hand.</summary>
    public event Action<TriggerKey> Changed = _ => { };

    /// <summary>
    /// The row with the execution that it has just started: locked by it, unless it is over already or the trigger allows several; switched off when it ended as <c>stopAfter</c> says.
    /// </summary>
    public static TriggerState Started(TriggerState state, TriggerDefinition trigger, Subject started) => started.Now.IsSettled
        ? state with { ExecutionId = null, Disabled = state.Disabled || trigger.StopAfter.Contains(started.Now.State.Current) }
        : state with { ExecutionId = trigger.AllowConcurrent ? null : started.Id };

    /// <summary>A row was changed by hand.</summary>
    public void Announce(TriggerKey key) => Changed(key);

    public void Ended(Execution execution) => _ = EndedAsync(execution, CancellationToken.None);

    /// <summary>Frees triggers whose execution ended while nobody looked (a crash between the end and this), and those that a process which is gone looked at or listened to.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var found = new List<TriggerState>();
        for (var page = 1; ; page++)
        {
            var rows = await store.SearchAsync(new TriggerQuery { Locked = true }, new PageRequest(page, 1000), cancellation);
            found.AddRange(rows.Results);
            if (rows.Results.Count < 1000) break;
        }
        foreach (var row in found.Where(row => row.ExecutionId is not null))
        {
            var (held, isReadable) = await reader.TryCertainAsync(row.ExecutionId!, cancellation);
            if (!isReadable) continue;
            if (held is null || held.State.IsSettled) await FreeAsync(row.Key, row.ExecutionId!, held?.State, cancellation);
        }
        await FreeDepartedAsync(found, cancellation);
    }

    /// <summary>A connection that has just broken comes back within a moment, so who is missed for the first time is left in peace.</summary>
    private async Task FreeDepartedAsync(List<TriggerState> locked, CancellationToken cancellation)
    {
        var now = await neighbours.GoneAsync([.. locked.Select(row => row.WorkerId).OfType<string>().Distinct()], cancellation);
        var gone = now.Where(missing.Contains).ToHashSet(StringComparer.Ordinal);
        missing = now;
        foreach (var row in locked)
        {
            if (row.WorkerId is not { } worker || !gone.Contains(worker) || await store.LoadAsync(row.Key, cancellation) is not ({ } state, var version) || state.WorkerId != worker) continue;
            if (await store.StoreAsync([(state with { EvaluateRunningDate = null, WorkerId = null, UpdatedDate = clock.GetUtcNow() }, version)], cancellation)) Changed(row.Key);
        }
    }

    private async Task EndedAsync(Execution execution, CancellationToken cancellation)
    {
        try
        {
            await FreeAsync(new TriggerKey(execution.Namespace, execution.FlowId, execution.Trigger!.Id), execution.Id, execution, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} is freed at the next look.", execution.Trigger!.Id, execution.Flow);
        }
    }

    private async Task FreeAsync(TriggerKey key, string executionId, Execution? ended, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await store.LoadAsync(key, cancellation) is not ({ } state, var version)) return;
            var stops = ended is not null && state.StopAfter.Contains(ended.State.Current);
            if (state.ExecutionId != executionId && !stops) return;
            var freed = state with { ExecutionId = state.ExecutionId == executionId ? null : state.ExecutionId, Disabled = state.Disabled || stops, UpdatedDate = clock.GetUtcNow() };
            Fault.Point("trigger-before-free");
            if (!await store.StoreAsync([(freed, version)], cancellation)) continue;
            Changed(key);
            return;
        }
    }
}

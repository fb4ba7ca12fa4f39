using System.Collections.Concurrent;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Work;
using Microsoft.Extensions.Logging;
using LogLevel = FlowApps.Domain.Logs.LogLevel;

namespace FlowApps.Runtime.Triggers;

/// <summary>
/// Lets polling triggers look outside, each one at a time, locked by its row while it looks. What is found starts an execution in the same commit that moves the row on.
/// </summary>
internal sealed class Polls(ITriggerStore store, RunContexts contexts, TriggerStarts starts, ExecutionHandler handler, TriggerLocks locks, NodeIdentity node, TimeProvider clock, ILogger<Polls> logger) : IAsyncDisposable
{
    private static readonly TimeSpan OnceATick = TimeSpan.FromSeconds(1);
    private const int MaxRaces = 20;
    private readonly ConcurrentDictionary<TriggerKey, Task> looking = new();
    private readonly CancellationTokenSource stop = new();

    /// <summary>Begins to look unless it does already.</summary>
    public async Task BeginAsync(Flow flow, PollingTrigger trigger, TriggerState state, long version, CancellationToken cancellation)
    {
        if (looking.ContainsKey(state.Key)) return;
        var locked = state with { EvaluateRunningDate = clock.GetUtcNow(), WorkerId = node.Owner };
        if (!await store.StoreAsync([(locked, version)], cancellation)) return;
        Fault.Point("poll-locked-before-look");
        looking[state.Key] = LookAsync(flow, trigger, locked);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await Task.WhenAll(looking.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookAsync(Flow flow, PollingTrigger trigger, TriggerState state)
    {
        var id = Ids.New(clock);
        var memory = new TriggerMemory(state.Memory);
        using var place = contexts.For(trigger, flow, id, memory);
        try
        {
            await Task.Yield();
            var found = starts.MayFind(flow, trigger) ? await trigger.EvaluateAsync(place.Context, stop.Token) : null;
            Fault.Point("poll-found-before-start");
            if (!await MoveAsync(trigger, state, memory, found is null ? null : starts.If(new TriggerFinding(flow, trigger, id, found)))) return;
            Fault.Point("poll-started-before-handover");
            if (memory.Handover is { } given) await given.ConfirmAsync(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await LetGoAsync(state);
        }
        catch (Exception e)
        {
            place.Context.Log(LogLevel.Error, e.Message);
            await FailAsync(flow, trigger, id, e, state);
        }
        finally
        {
            if (memory.Handover is { } given) await given.DisposeAsync();
            looking.TryRemove(state.Key, out _);
            locks.Announce(state.Key);
        }
    }

    private async Task FailAsync(Flow flow, PollingTrigger trigger, string id, Exception failure, TriggerState state)
    {
        try
        {
            await MoveAsync(trigger, state, new TriggerMemory(state.Memory), trigger.FailOnTriggerError ? TriggerStarts.Failed(new TriggerFinding(flow, trigger, id, Data.Map()), failure.Message) : null);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} stays locked until it is unlocked.", trigger.Id, flow.Key);
        }
    }

    /// <summary>
    /// Writes what came of the look over the row as it is now: people may have switched it, or saved its flow, meanwhile. Somebody who unlocked it has called the look off.
    /// </summary>
    /// <returns>Whether it was written, and not called off.</returns>
    private async Task<bool> MoveAsync(PollingTrigger trigger, TriggerState looked, TriggerMemory memory, NewStart? start)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await store.LoadAsync(looked.Key, CancellationToken.None) is not ({ } state, var version) || !Holds(state, looked)) return false;
            var moved = Moved(trigger, memory.IsChanged ? state with { Memory = memory.Value } : state);
            if (start is null)
            {
                if (await store.StoreAsync([(moved, version)], CancellationToken.None)) return true;
                continue;
            }
            try
            {
                await handler.StartAsync(start, null, (turn, subject) => turn.Draft.Move(TriggerLocks.Started(moved with { Date = moved.UpdatedDate }, trigger, subject), version));
                return true;
            }
            catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
            {
                // The row was changed between reading and writing.
            }
        }
        throw RefusedException.Conflict("lost_race", "Others kept changing this trigger.");
    }

    private async Task LetGoAsync(TriggerState looked)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await store.LoadAsync(looked.Key, CancellationToken.None) is not ({ } state, var version) || !Holds(state, looked)) return;
            if (await store.StoreAsync([(state with { EvaluateRunningDate = null, WorkerId = null }, version)], CancellationToken.None)) return;
        }
    }

    private bool Holds(TriggerState state, TriggerState looked) => state.WorkerId == node.Owner && state.EvaluateRunningDate == looked.EvaluateRunningDate;

    private TriggerState Moved(PollingTrigger trigger, TriggerState state)
    {
        var now = clock.GetUtcNow();
        return state with { EvaluateRunningDate = null, WorkerId = null, UpdatedDate = now, NextExecutionDate = now + (trigger.Interval ?? OnceATick) };
    }
}

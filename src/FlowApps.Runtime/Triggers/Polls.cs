using System.Collections.Concurrent;
using FlowApps.Domain.Flows;
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
    private readonly ConcurrentDictionary<TriggerKey, Task> looking = new();
    private readonly CancellationTokenSource stop = new();

    /// <summary>Begins to look unless it does already.</summary>
    public async Task BeginAsync(Flow flow, PollingTrigger trigger, TriggerState state, long version, CancellationToken cancellation)
    {
        if (looking.ContainsKey(state.Key)) return;
        var locked = state with { EvaluateRunningDate = clock.GetUtcNow(), WorkerId = node.Owner };
        if (!await store.StoreAsync(locked, version, cancellation)) return;
        looking[state.Key] = LookAsync(flow, trigger, locked, version + 1);
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await Task.WhenAll(looking.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LookAsync(Flow flow, PollingTrigger trigger, TriggerState state, long version)
    {
        var id = Ids.New(clock);
        var memory = new TriggerMemory(state.Memory);
        using var place = contexts.For(trigger, flow, id, memory);
        try
        {
            await Task.Yield();
            var found = starts.MayFind(flow, trigger) ? await trigger.EvaluateAsync(place.Context, stop.Token) : null;
            var kept = memory.IsChanged ? state with { Memory = memory.Value } : state;
            if (found is not null && starts.If(new TriggerFinding(flow, trigger, id, found)) is { } start) await StartAsync(trigger, start, kept, version);
            else await store.StoreAsync(Moved(trigger, kept, null), version, CancellationToken.None);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await store.StoreAsync(state with { EvaluateRunningDate = null, WorkerId = null }, version, CancellationToken.None);
        }
        catch (Exception e)
        {
            place.Context.Log(LogLevel.Error, e.Message);
            await FailAsync(flow, trigger, id, e, state, version);
        }
        finally
        {
            looking.TryRemove(state.Key, out _);
            locks.Announce();
        }
    }

    private async Task StartAsync(PollingTrigger trigger, NewStart start, TriggerState state, long version) =>
        await handler.StartAsync(start, null, (turn, subject) => turn.Draft.Move(Moved(trigger, state, subject), version));

    private async Task FailAsync(Flow flow, PollingTrigger trigger, string id, Exception failure, TriggerState state, long version)
    {
        try
        {
            if (!trigger.FailOnTriggerError) await store.StoreAsync(Moved(trigger, state, null), version, CancellationToken.None);
            else
                await handler.StartAsync(TriggerStarts.Failed(new TriggerFinding(flow, trigger, id, Data.Map()), failure.Message), null,
                    (turn, subject) => turn.Draft.Move(Moved(trigger, state, subject), version));
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} stays locked until its next look.", trigger.Id, flow.Key);
        }
    }

    private TriggerState Moved(PollingTrigger trigger, TriggerState state, Subject? started)
    {
        var now = clock.GetUtcNow();
        var moved = state with { EvaluateRunningDate = null, WorkerId = null, UpdatedDate = now, NextExecutionDate = now + (trigger.Interval ?? OnceATick) };
        return started is null ? moved : TriggerLocks.Started(moved with { Date = now }, trigger, started);
    }
}

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
/// Realtime triggers: each listens all the time, on one node, which its row names. An event is acknowledged when its execution is durable. A listener that breaks is started
/// again after a while.
/// </summary>
internal sealed class Listeners(ITriggerStore store, RunContexts contexts, TriggerStarts starts, ExecutionHandler handler, NodeIdentity node, TimeProvider clock, ILogger<Listeners> logger) : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private const int MaxRaces = 20;
    private readonly ConcurrentDictionary<TriggerKey, Listener> listening = new();

    /// <summary>Takes the row and listens, unless somebody does already.</summary>
    public async Task BeginAsync(Flow flow, RealtimeTrigger trigger, TriggerState state, long version, CancellationToken cancellation)
    {
        await EndAsync(state.Key);
        var taken = state with { EvaluateRunningDate = clock.GetUtcNow(), WorkerId = node.Owner };
        if (!await store.StoreAsync([(taken, version)], cancellation)) return;
        var stop = new CancellationTokenSource();
        listening[state.Key] = new Listener(stop, ListenAsync(flow, trigger, taken, stop.Token));
    }

    /// <summary>The flow was changed or removed, or a person wants it to start anew.</summary>
    public async Task EndAsync(TriggerKey key)
    {
        if (!listening.TryRemove(key, out var listener)) return;
        await listener.Stop.CancelAsync();
        await listener.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Stop.Dispose();
    }

    public bool Has(TriggerKey key) => listening.ContainsKey(key);

    /// <summary>Ends what its row does not want to be listened to here any more: switched off, or taken over.</summary>
    public async Task CheckAsync(TriggerKey key, CancellationToken cancellation)
    {
        if (!Has(key)) return;
        var row = (await store.LoadAsync(key, cancellation))?.State;
        if (row is null or { Disabled: true } || row.WorkerId != node.Owner) await EndAsync(key);
    }

    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var key in listening.Keys) await CheckAsync(key, cancellation);
    }

    public Task EndAsync(FlowId flow) => Task.WhenAll(listening.Keys.Where(key => key.Flow == flow).Select(EndAsync));

    public async ValueTask DisposeAsync() => await Task.WhenAll(listening.Keys.Select(EndAsync));

    private async Task ListenAsync(Flow flow, RealtimeTrigger trigger, TriggerState state, CancellationToken cancellation)
    {
        await Task.Yield();
        var key = state.Key;
        var memory = new TriggerMemory(state.Memory, (kept, wait) => MoveAsync(key, kept, async (moved, version) => await store.StoreAsync([(moved, version)], wait), wait));
        using var place = contexts.For(trigger, flow, Ids.New(clock), memory);
        try
        {
            await trigger.ListenAsync(place.Context, (heard, _) => EmitAsync(new TriggerFinding(flow, trigger, Ids.New(clock), heard.Variables), heard.Id, key, memory), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            place.Context.Log(LogLevel.Error, e.Message);
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} stopped listening; it is started again in {Seconds} s.", trigger.Id, flow.Key, AfterFailure.TotalSeconds);
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
        await LetGoAsync(key, cancellation.IsCancellationRequested ? TimeSpan.Zero : AfterFailure);
    }

    /// <summary>
    /// Starts an execution; what the trigger remembers, and the id of the event, are in the same commit. It cannot be called off: the event would be emitted again.
    /// </summary>
    private async Task EmitAsync(TriggerFinding found, string? eventId, TriggerKey key, TriggerMemory memory)
    {
        if (starts.If(found) is not { } start)
        {
            await memory.SaveAsync(CancellationToken.None);
            return;
        }
        var once = eventId is null ? null : $"trigger/{key.Namespace}/{key.FlowId}/{key.TriggerId}/{eventId}";
        var isNew = true;
        if (!memory.IsChanged) await IsNewAsync(start, once, found.ExecutionId);
        else await MoveAsync(key, memory, async (moved, version) =>
        {
            try
            {
                isNew = await IsNewAsync(start, once, found.ExecutionId, (turn, _) => turn.Draft.Move(moved, version));
                return true;
            }
            catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
            {
                return false;
            }
        }, CancellationToken.None);
        if (!isNew) await memory.SaveAsync(CancellationToken.None);
        memory.Stored();
    }

    /// <summary>False: an event with this id has started an execution before, which may be gone by now.</summary>
    private async Task<bool> IsNewAsync(NewStart start, string? once, string executionId, Action<Turn, Subject>? beside = null)
    {
        try
        {
            return (await handler.StartAsync(start, once, beside)).Id == executionId;
        }
        catch (RefusedException e) when (e.Problems.Any(problem => problem.Code == ExecutionHandler.Repeated))
        {
            return false;
        }
    }

    /// <summary>Writes what is remembered into the row, as long as the row says that this node listens: two that listen cannot both go on.</summary>
    private async Task MoveAsync(TriggerKey key, TriggerMemory memory, Func<TriggerState, long, Task<bool>> write, CancellationToken cancellation)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await store.LoadAsync(key, cancellation) is not ({ } state, var version) || state.WorkerId != node.Owner)
                throw RefusedException.Conflict("listener_moved", "This trigger is listened to elsewhere now.");
            if (await write(state with { Memory = memory.Value }, version)) return;
        }
        throw RefusedException.Conflict("lost_race", "Others kept changing this trigger.");
    }

    /// <summary>The row becomes due again, for this node or another.</summary>
    private async Task LetGoAsync(TriggerKey key, TimeSpan pause)
    {
        try
        {
            for (var race = 0; race < MaxRaces; race++)
            {
                if (await store.LoadAsync(key, CancellationToken.None) is not ({ } state, var version) || state.WorkerId != node.Owner) return;
                var free = state with { EvaluateRunningDate = null, WorkerId = null, NextExecutionDate = clock.GetUtcNow() + pause };
                if (await store.StoreAsync([(free, version)], CancellationToken.None)) return;
            }
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The trigger {Trigger} of flow {Flow} is let go at the next start.", key.TriggerId, key.Flow);
        }
    }

    private sealed record Listener(CancellationTokenSource Stop, Task Running);
}

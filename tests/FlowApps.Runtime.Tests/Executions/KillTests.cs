using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Executions;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>
/// Executions are killed in every state that is not an end, most of them at another process than the one that works on them: each ends KILLED, frees its slot, and nothing of it runs later.
/// </summary>
[Collection(Crowds.Name)]
public sealed class KillTests
{
    private const int Each = 200;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Killed_while_it_runs_here_or_there_or_twice()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Workers:Threads", $"{Each}"));
        await using var second = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Roles", "engine,scheduler"));
        var flow = await first.SaveAsync(Working("running"));
        foreach (var (name, killers) in new[] { ("RUNNING", new[] { first }), ("RUNNING at another process", [second]), ("RUNNING, twice at once", [first, second]) })
        {
            var ids = await StartAsync(first, flow);
            await Endless.UntilAsync(ids, working: true);
            var told = await Task.WhenAll(ids.Select(id => Task.WhenAll(killers.Select(killer => KilledAsync(killer, id)))));
            Assert.All(told, answers => Assert.Contains(true, answers));
            await AllKilledAsync(first, ids);
            // The attempts themselves are interrupted too, wherever they run.
            await Endless.UntilAsync(ids, working: false);
            Report.Goal($"R-49: {Each} killed while {name}: all KILLED, their attempts interrupted, their slots free");
        }
    }

    [Fact]
    public async Task Killed_while_it_waits_for_a_retry_a_person_or_a_slot()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var retried = await first.SaveAsync($"id: retried\nnamespace: kills\nconcurrency: {{limit: {Each}}}\ntasks:\n  - {{id: flaky, type: core.execution.Fail, retry: {{type: constant, interval: PT1H, maxAttempts: 9}}}}\n");
        var asked = await first.SaveAsync($"id: asked\nnamespace: kills\nconcurrency: {{limit: {Each}}}\ntasks:\n  - {{id: ask, type: core.flow.Pause, timeout: PT1H}}\n");
        var queued = await first.SaveAsync("id: queued\nnamespace: kills\nconcurrency: {limit: 1}\ntasks:\n  - {id: ask, type: core.flow.Pause}\n");
        foreach (var (flow, state) in new[] { (retried, State.Retrying), (asked, State.Paused), (queued, State.Queued) })
        {
            var holder = state == State.Queued ? await first.StartAsync(flow) : null;
            var ids = await StartAsync(first, flow);
            await Task.WhenAll(ids.Select(id => first.UntilAsync(id, state)));
            Assert.All(await Task.WhenAll(ids.Select(id => KilledAsync(second, id))), Assert.True);
            await AllKilledAsync(first, ids);
            if (holder is not null) await first.Executions.KillAsync(holder.Id, true, Asker.System, None);
            // What was to wake them rings into the void.
            var timers = (await first.Get<IPendingStore>().TimersAsync(DateTimeOffset.MaxValue, int.MaxValue, None)).Where(timer => ids.Contains(timer.ExecutionId)).ToList();
            Assert.Equal(state == State.Queued ? 0 : Each, timers.Count);
            await Task.WhenAll(timers.Select(timer => first.Get<ExecutionPost>().AskAsync(timer.ExecutionId, new Errand(timer.Command) { TimerId = timer.Id })));
            await AllKilledAsync(second, ids);
            Report.Goal($"R-49: {Each} killed while {state.Word}: all KILLED, nothing after it though {timers.Count} timers rang, their slots free");
        }
    }

    [Fact]
    public async Task Killed_while_the_process_that_works_on_it_drains_or_after_it_died()
    {
        using var data = new DataFolder();
        await using var second = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Roles", "engine,scheduler"));
        var flow = await second.SaveAsync(Working("left"));
        foreach (var drains in new[] { true, false })
        {
            var worker = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Workers:Threads", $"{Each}"), ("FlowApps:Node", $"worker-{drains}"));
            var ids = await StartAsync(worker, flow);
            await Endless.UntilAsync(ids, working: true);
            var gone = drains ? worker.DisposeAsync().AsTask() : worker.CutOffWorkersAsync();
            if (!drains) await gone;
            Assert.All(await Task.WhenAll(ids.Select(id => KilledAsync(second, id))), Assert.True);
            await gone;
            await AllKilledAsync(second, ids);
            await Endless.UntilAsync(ids, working: false);
            var begun = Endless.BegunBy(ids);
            // Somebody who would take up what was left finds nothing.
            await using (var next = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Node", $"worker-{drains}")))
            {
                Assert.Equal(State.Success, (await next.RunAsync(await next.SaveAsync($"id: after-{(drains ? "drain" : "death")}\nnamespace: kills\ntasks:\n  - {{id: work, type: core.log.Log, message: on}}\n"))).State.Current);
                await AllKilledAsync(next, ids);
            }
            Assert.Equal(begun, Endless.BegunBy(ids));
            if (!drains) await worker.DisposeAsync();
            Report.Goal($"R-49: {Each} killed while their worker {(drains ? "drained" : "was dead")}: all KILLED, nothing taken up later, their slots free");
        }
    }

    private static string Working(string id) => $"id: {id}\nnamespace: kills\nconcurrency: {{limit: {Each}}}\ntasks:\n  - {{id: work, type: test.Endless}}\n";

    private static async Task<IReadOnlyList<string>> StartAsync(RuntimeHost host, FlowId flow) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, Each).Select(_ => host.StartAsync(flow)))).Select(execution => execution.Id)];

    /// <summary>False: refused because it was over already.</summary>
    private static async Task<bool> KilledAsync(RuntimeHost host, string id)
    {
        try
        {
            await host.Executions.KillAsync(id, true, new Asker("ines"), None);
            return true;
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
        {
            return false;
        }
    }

    private static async Task AllKilledAsync(RuntimeHost host, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            var execution = await host.EndAsync(id);
            Assert.Equal(State.Killed, execution.State.Current);
            var events = await host.Get<IExecutionStore>().EventsAsync(id, 0, int.MaxValue, None);
            Legality.Check(execution, events);
            Assert.Single(events.OfType<ExecutionStateChanged>(), change => change.State == State.Killed);
        }
        var flow = (await host.Executions.FindAsync(ids[0], None))!.Value.Execution.Flow;
        var names = string.Join(',', ids.Select(id => $"'{id}'"));
        Assert.Equal(0, await host.CountAsync($"select count(*) from executions where id in ({names}) and state <> 12"));
        Assert.Equal(0, await host.CountAsync($"select count(*) from work where execution_id in ({names})"));
        Assert.Equal(0, await host.CountAsync($"select count(*) from waits where execution_id in ({names}) and decided_at is null"));
    }
}

using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Tests.Executions;

[Collection(SharedRuntime.Name)]
public sealed class RunningTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Chain_of_quick_tasks_is_one_commit()
    {
        var flow = await host.SaveAsync("""
            id: chain
            namespace: run.quick
            tasks:
              - id: first
                type: io.kestra.plugin.core.debug.Return
                format: "{{ flow.id }}"
              - id: second
                type: io.kestra.plugin.core.log.Log
                message: "got {{ outputs.first.value }}"
            """);
        var execution = await host.StartAsync(flow);
        Assert.Equal(State.Success, execution.State.Current);
        var stored = await host.Get<IExecutionStore>().LoadAsync(execution.Id, CancellationToken.None);
        Assert.Null(stored!.Snapshot);
        Assert.Equal(State.Success, LiveExecution.From(execution.Id, stored).State.State.Current);
        var lines = await host.Get<ILogStore>().SearchAsync(new LogQuery { ExecutionId = execution.Id }, new PageRequest(), CancellationToken.None);
        Assert.Contains(lines.Results, line => line.Message == "got chain");
    }

    [Fact]
    public async Task Worker_tasks_run_and_pass_their_outputs_on()
    {
        var flow = await host.SaveAsync("""
            id: script
            namespace: run.work
            inputs:
              - id: name
                type: STRING
            tasks:
              - id: hello
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner:
                  type: io.kestra.plugin.core.runner.Process
                commands:
                  - echo "::{\"outputs\":{\"greeting\":\"hello {{ inputs.name }}\"}}::"
              - id: after
                type: io.kestra.plugin.core.debug.Return
                format: "{{ outputs.hello.vars.greeting }}!"
            """);
        var execution = await host.RunAsync(flow, ("name", "Ada"));
        Assert.Equal(State.Success, execution.State.Current);
        Assert.Equal("hello Ada!", execution.TaskRuns.Last().Outputs!["value"]);
    }

    [Fact]
    public async Task Parallel_worker_tasks_all_report()
    {
        var flow = await host.SaveAsync("""
            id: wide
            namespace: run.work
            tasks:
              - id: each
                type: io.kestra.plugin.core.flow.ForEach
                concurrencyLimit: 0
                values: "{{ range(1, 40) }}"
                tasks:
                  - id: set
                    type: io.kestra.plugin.core.kv.Set
                    key: "k{{ taskrun.value }}"
                    value: "{{ taskrun.value }}"
            """);
        var execution = await host.RunAsync(flow);
        Assert.Equal(State.Success, execution.State.Current);
        Assert.Equal(41, execution.TaskRuns.Count);
    }

    [Fact]
    public async Task Subflow_runs_in_the_commit_of_its_parent()
    {
        await host.SaveAsync("""
            id: child
            namespace: run.sub
            inputs:
              - id: n
                type: INT
            tasks:
              - id: r
                type: io.kestra.plugin.core.debug.Return
                format: "{{ inputs.n + 1 }}"
            outputs:
              - id: next
                type: INT
                value: "{{ outputs.r.value }}"
            """);
        var flow = await host.SaveAsync("""
            id: parent
            namespace: run.sub
            tasks:
              - id: call
                type: io.kestra.plugin.core.flow.Subflow
                namespace: run.sub
                flowId: child
                inputs:
                  n: 41
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ outputs.call.outputs.next }}"
            """);
        var execution = await host.StartAsync(flow);
        Assert.Equal(State.Success, execution.State.Current);
        Assert.Equal("42", execution.TaskRuns.Last().Outputs!["value"]);
    }

    [Fact]
    public async Task Timer_ends_a_sleep()
    {
        var flow = await host.SaveAsync("""
            id: nap
            namespace: run.time
            tasks:
              - id: sleep
                type: io.kestra.plugin.core.flow.Sleep
                duration: PT0.3S
            """);
        var started = await host.StartAsync(flow);
        Assert.Equal(State.Running, started.State.Current);
        var ended = await host.EndAsync(started.Id);
        Assert.Equal(State.Success, ended.State.Current);
        Assert.InRange(ended.State.Duration!.Value.TotalSeconds, 0.3, 5);
    }

    [Fact]
    public async Task Same_idempotency_key_gives_the_same_execution()
    {
        var flow = await host.SaveAsync("""
            id: once
            namespace: run.keys
            tasks:
              - id: log
                type: io.kestra.plugin.core.log.Log
                message: hi
            """);
        var start = new StartExecution(flow, Data.Map()) { IdempotencyKey = "key-1" };
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Executions.StartAsync(start, CancellationToken.None)));
        Assert.Single(all.Select(execution => execution.Id).Distinct());
        var found = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = "run.keys" }, new PageRequest(), CancellationToken.None);
        Assert.Equal(1, found.Total);
    }

    [Fact]
    public async Task Cached_task_runs_once_for_the_same_properties()
    {
        var flow = await host.SaveAsync("""
            id: cached
            namespace: run.cache
            inputs:
              - id: x
                type: STRING
            tasks:
              - id: dice
                type: io.kestra.plugin.core.debug.Return
                format: "{{ inputs.x }} {{ execution.id }}"
                taskCache:
                  enabled: true
                  ttl: PT1H
              - id: fixed
                type: io.kestra.plugin.core.kv.Get
                key: "{{ inputs.x }}"
                taskCache:
                  enabled: true
            """);
        await host.Get<IKvStore>().SetAsync("run.cache", "a", 1, null, null, true, null, CancellationToken.None);
        var first = await host.RunAsync(flow, ("x", "a"));
        await host.Get<IKvStore>().SetAsync("run.cache", "a", 2, null, null, true, null, CancellationToken.None);
        var second = await host.RunAsync(flow, ("x", "a"));
        Assert.NotEqual(first.TaskRuns.First().Outputs!["value"], second.TaskRuns.First().Outputs!["value"]);
        Assert.Equal(1, second.TaskRuns.Last().Outputs!["value"]);
    }

    [Fact]
    public async Task Kill_ends_a_running_script_at_once()
    {
        var flow = await host.SaveAsync("""
            id: long
            namespace: run.kill
            tasks:
              - id: wait
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner:
                  type: io.kestra.plugin.core.runner.Process
                commands:
                  - sleep 60
            """);
        var started = await host.StartAsync(flow);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var news = host.Executions.WatchAsync(started.Id, limit.Token).GetAsyncEnumerator(limit.Token);
        while ((await host.Executions.FindAsync(started.Id, limit.Token))!.Value.Execution.TaskRuns.First().State.Current != State.Running) await news.MoveNextAsync();
        var killed = await host.Executions.KillAsync(started.Id, true, Asker.System, limit.Token);
        Assert.Equal(State.Killed, (await host.EndAsync(killed.Id)).State.Current);
    }
}

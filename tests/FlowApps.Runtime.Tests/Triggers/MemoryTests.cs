using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Triggers;

/// <summary>What triggers remember is in the same commit as the execution it belongs to, so that restarts neither lose nor repeat.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly DataFolder data = new();
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(90));

    private string Local => Directory.CreateDirectory(Path.Combine(data.Path, "local")).FullName;

    public void Dispose()
    {
        limit.Dispose();
        data.Dispose();
    }

    [Fact]
    public async Task Triggers_go_on_where_they_were_after_a_restart()
    {
        var (log, inbox) = (Path.Combine(Local, "app.log"), Directory.CreateDirectory(Path.Combine(Local, "inbox")).FullName);
        await File.WriteAllTextAsync(log, "1\n2\n", limit.Token);
        await File.WriteAllTextAsync(Path.Combine(inbox, "a"), "a", limit.Token);
        FlowId tail, files;
        await using (var host = await RuntimeHost.StartAsync(data.Path))
        {
            tail = await host.SaveAsync($$$"""
                id: tail
                namespace: trigger.memory
                tasks:
                  - id: show
                    type: io.kestra.plugin.core.debug.Return
                    format: "{{ trigger.line }}"
                triggers:
                  - id: log
                    type: fs.Tail
                    path: {{{log}}}
                    from: BEGINNING
                """);
            files = await host.SaveAsync($$$"""
                id: files
                namespace: trigger.memory
                tasks:
                  - id: show
                    type: io.kestra.plugin.core.debug.Return
                    format: "{{ trigger.files | length }} {{ read(trigger.files[0].uri) }}"
                triggers:
                  - id: inbox
                    type: fs.Trigger
                    from: {{{inbox}}}
                    interval: PT0.2S
                """);
            Assert.Equal(["1", "2"], await OutputsAsync(host, tail, 2));
            Assert.Equal(["1 a"], await OutputsAsync(host, files, 1));
            Assert.Equal(4, (await host.Get<ITriggerStore>().LoadAsync(new TriggerKey(tail.Namespace, tail.Id, "log"), limit.Token))!.Value.State.Memory!["offset"]);
        }
        await File.AppendAllTextAsync(log, "3\n", limit.Token);
        File.Move(log, log + ".1");
        await File.WriteAllTextAsync(log, "4\n", limit.Token);
        await File.WriteAllTextAsync(Path.Combine(inbox, "b"), "b", limit.Token);
        await using var again = await RuntimeHost.StartAsync(data.Path);
        Assert.Equal(["1", "2", "3", "4"], await OutputsAsync(again, tail, 4));
        Assert.Equal(["1 a", "1 b"], await OutputsAsync(again, files, 2));
    }

    /// <summary>The outputs of all executions of a flow, oldest first, once there are so many that ended.</summary>
    private async Task<IReadOnlyList<object?>> OutputsAsync(RuntimeHost host, FlowId flow, int count)
    {
        var news = host.Executions.WatchAsync(null, limit.Token).GetAsyncEnumerator(limit.Token);
        await using var _ = news.ConfigureAwait(false);
        while (true)
        {
            var found = (await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = flow.Namespace, FlowId = flow.Id }, new PageRequest(), limit.Token)).Results;
            var ended = new List<Execution>();
            foreach (var one in found)
                if ((await host.Executions.FindAsync(one.Id, limit.Token))!.Value.Execution is { IsSettled: true } execution) ended.Add(execution);
            if (ended.Count >= count) return [.. ended.OrderBy(execution => execution.Id, StringComparer.Ordinal).Select(execution => execution.TaskRuns.First().Outputs?["value"])];
            await news.MoveNextAsync();
        }
    }
}

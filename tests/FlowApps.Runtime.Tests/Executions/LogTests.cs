using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Executions;

[Collection(SharedRuntime.Name)]
public sealed class LogTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Lines_of_a_running_script_are_seen_before_it_ends_and_are_stored_once_in_order()
    {
        var flow = await host.SaveAsync("""
            id: talk
            namespace: logs
            tasks:
              - id: talk
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner:
                  type: io.kestra.plugin.core.runner.Process
                commands:
                  - for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.15; done
            """);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var id = host.Executions.NewId();
        var lines = host.Executions.WatchLogsAsync(id, limit.Token);
        await host.Executions.StartAsync(new StartExecution(flow, Data.Map()) { Id = id }, limit.Token);
        await foreach (var line in lines)
        {
            Assert.Equal("line 1", line.Message);
            Assert.False((await host.Executions.FindAsync(id, limit.Token))!.Value.Execution.State.Current.IsTerminal);
            break;
        }
        await host.EndAsync(id);
        var stored = await host.Get<ILogStore>().SearchAsync(new LogQuery { ExecutionId = id }, new PageRequest(1, 100), limit.Token);
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"line {i}"), stored.Results.OrderBy(line => line.Timestamp).Select(line => line.Message).Where(text => text.StartsWith("line", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Secret_is_masked_in_every_line_and_in_debug_evaluation()
    {
        await host.Get<ISecretStore>().SetAsync("logs.secret", "TOKEN", "open sesame", null, CancellationToken.None);
        var flow = await host.SaveAsync("""
            id: hush
            namespace: logs.secret
            tasks:
              - id: say
                type: io.kestra.plugin.core.log.Log
                message: "it is {{ secret('TOKEN') }} and {{ secret('TOKEN') | base64encode }}"
            """);
        var ended = await host.RunAsync(flow);
        Assert.Equal(State.Success, ended.State.Current);
        var stored = await host.Get<ILogStore>().SearchAsync(new LogQuery { ExecutionId = ended.Id }, new PageRequest(), CancellationToken.None);
        Assert.Equal("it is ****** and ******", Assert.Single(stored.Results).Message);
        Assert.Equal("******", await host.Executions.EvaluateAsync(ended.Id, null, "{{ secret('TOKEN') }}", CancellationToken.None));
    }

    [Fact]
    public async Task Files_of_a_working_directory_are_shared_and_collected()
    {
        var flow = await host.SaveAsync("""
            id: dir
            namespace: logs
            tasks:
              - id: wd
                type: io.kestra.plugin.core.flow.WorkingDirectory
                inputFiles:
                  in.txt: "hello {{ flow.id }}"
                outputFiles:
                  - out.txt
                tasks:
                  - id: first
                    type: io.kestra.plugin.scripts.shell.Commands
                    taskRunner:
                      type: io.kestra.plugin.core.runner.Process
                    commands:
                      - tr a-z A-Z < in.txt > mid.txt
                  - id: second
                    type: io.kestra.plugin.scripts.shell.Commands
                    taskRunner:
                      type: io.kestra.plugin.core.runner.Process
                    commands:
                      - cp mid.txt out.txt
              - id: read
                type: io.kestra.plugin.core.debug.Return
                format: "{{ read(outputs.wd.outputFiles['out.txt']) }}"
            """);
        var ended = await host.RunAsync(flow);
        Assert.Equal(State.Success, ended.State.Current);
        Assert.Equal("HELLO DIR", ended.TaskRuns.Last().Outputs!["value"]);
    }
}

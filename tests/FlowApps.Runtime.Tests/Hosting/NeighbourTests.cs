using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Hosting;

/// <summary>Two processes on one store, by mistake even of the same name: each believes the other's commits, not its own memory.</summary>
public sealed class NeighbourTests
{
    private const string Asking = """
        id: asking
        namespace: two
        tasks:
          - id: ask
            type: io.kestra.plugin.core.flow.Pause
            onResume:
              - {id: who, type: STRING}
          - {id: after, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.ask.onResume.who }}"}
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task What_one_paused_the_other_resumes_with_its_inputs_and_both_see_the_end()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync(Asking);
        for (var i = 0; i < 20; i++)
        {
            var id = (await first.StartAsync(flow)).Id;
            var end = first.EndAsync(id);
            // Remembered as it was before it went on.
            Assert.NotNull(await second.Executions.FindAsync(id, None));
            await first.UntilAsync(id, State.Paused);
            await second.Executions.ResumeAsync(id, null, Data.Map(("who", "ines")), "approved", null, null, new Asker("ines"), None);
            var ended = await end;
            Assert.Equal(State.Success, ended.State.Current);
            Assert.Equal("ines", ended.TaskRuns.First(run => run.TaskId == "after").Outputs!["value"]);
            Assert.Equal(State.Success, (await second.EndAsync(id)).State.Current);
        }
    }

    [Fact]
    public async Task Flow_saved_here_runs_there_in_its_newest_revision()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync(Returning(1));
        Assert.Equal(State.Success, (await second.RunAsync(flow)).State.Current);
        await first.Flows.UpdateAsync(flow, Returning(2), "tester", null, None);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while ((await second.RunAsync(flow)).FlowRevision == 1) limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Limit_of_a_flow_holds_over_both()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("""
            id: limited
            namespace: two
            concurrency: {limit: 2, behavior: QUEUE}
            tasks:
              - {id: nap, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.1S}
            """);
        var started = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? first : second).StartAsync(flow)));
        var ended = await Task.WhenAll(started.Select(execution => first.EndAsync(execution.Id)));
        Assert.All(ended, execution => Assert.Equal(State.Success, execution.State.Current));
        var moments = ended.SelectMany(execution => new[] { (At: Running(execution), Change: 1), (At: execution.State.EndDate!.Value, Change: -1) }).OrderBy(moment => moment.At).ThenBy(moment => moment.Change);
        var held = 0;
        foreach (var moment in moments) Assert.True((held += moment.Change) <= 2, $"{held} at once");
    }

    [Fact]
    public async Task Schedule_ticks_once_and_its_row_outlives_the_neighbour_that_does_not_know_it_yet()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("""
            id: ticking
            namespace: two
            triggers:
              - {id: each, type: io.kestra.plugin.core.trigger.Schedule, cron: "* * * * * *", withSeconds: true}
            tasks:
              - {id: log, type: io.kestra.plugin.core.log.Log, message: tick}
            """);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var dates = new HashSet<string>();
        await foreach (var news in second.Executions.WatchAsync(null, limit.Token))
        {
            if (news.State != State.Success || await second.Executions.FindAsync(news.ExecutionId, None) is not { } found) continue;
            Assert.True(dates.Add((string)found.Execution.Trigger!.Variables["date"]!), "a date was fired twice");
            if (dates.Count == 5) break;
        }
        Assert.Single((await first.Get<ITriggerStore>().SearchAsync(new TriggerQuery("two", "ticking"), new PageRequest(1, 10), None)).Results);
        var all = await first.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = "two", FlowId = flow.Id }, new PageRequest(1, 100), None);
        Assert.InRange(all.Total, 5, 30);
    }

    [Fact]
    public async Task Node_that_starts_leaves_the_work_of_a_living_one_of_the_same_name_alone_and_takes_a_dead_ones()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("""
            id: long
            namespace: two
            tasks:
              - id: script
                type: io.kestra.plugin.scripts.shell.Commands
                taskRunner: {type: io.kestra.plugin.core.runner.Process}
                commands: ["echo run >> {{ inputs.file }}", "sleep 1"]
            inputs:
              - {id: file, type: STRING}
            """);
        var file = Path.Combine(data.Path, "runs");
        var living = await first.StartAsync(flow, ("file", file));
        await using var second = await RuntimeHost.StartAsync(data.Path);
        Assert.Equal(State.Success, (await second.EndAsync(living.Id)).State.Current);
        Assert.Single(await File.ReadAllLinesAsync(file));

        var dying = await first.StartAsync(flow, ("file", file + 2));
        await first.CutOffWorkersAsync();
        Assert.Equal(State.Success, (await second.EndAsync(dying.Id)).State.Current);
    }

    private static string Returning(int number) => $"id: newest\nnamespace: two\ntasks:\n  - {{id: one, type: io.kestra.plugin.core.debug.Return, format: \"{number}\"}}\n";

    private static DateTimeOffset Running(Execution execution) => execution.State.Histories.First(entry => entry.State == State.Running).Date;
}

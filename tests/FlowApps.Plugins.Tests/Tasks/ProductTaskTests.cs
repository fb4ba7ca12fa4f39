using FlowApps.Domain.Files;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks.Debugging;
using FlowApps.Plugins.Tasks.Logs;
using FlowApps.Plugins.Tasks.Templating;
using FlowApps.Plugins.Tasks.Triggers;
using Count = FlowApps.Plugins.Tasks.Executions.Count;
using CountedFlow = FlowApps.Plugins.Tasks.Executions.CountedFlow;
using Kill = FlowApps.Plugins.Tasks.Executions.Kill;
using PurgeExecutions = FlowApps.Plugins.Tasks.Executions.PurgeExecutions;
using Resume = FlowApps.Plugins.Tasks.Executions.Resume;

namespace FlowApps.Plugins.Tests.Tasks;

/// <summary>Tasks that act on the product itself.</summary>
public sealed class ProductTaskTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly TaskContextFake context = new(("limit", 2));

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Fetch_puts_the_lines_of_the_running_execution_into_a_file()
    {
        LogQuery? asked = null;
        context.With(PortFake.Of<ILogStore>(("SearchAsync", arguments =>
        {
            asked = (LogQuery)arguments[0]!;
            return Task.FromResult(new Page<LogEntry>([Line("one"), Line("two")], 2));
        }
        )));
        var outputs = await RunAsync(new Fetch { Id = "t", Type = "core.log.Fetch", TasksId = new(new List<object?> { "a" }), Level = "WARN" });
        Assert.Equal((context.ExecutionId, LogLevel.Warn, "a"), (asked!.ExecutionId, asked.MinLevel, asked.TaskIds.Single()));
        Assert.Equal(2, outputs["size"]);
        var lines = (await context.ReadAsync(outputs["uri"])).Trim().Split('\n').Select(line => ((IReadOnlyDictionary<string, object?>)Data.Parse(line)!)["message"]);
        Assert.Equal(["one", "two"], lines);
    }

    [Fact]
    public async Task PurgeLogs_deletes_what_it_is_told()
    {
        LogQuery? asked = null;
        context.With(PortFake.Of<ILogStore>(("DeleteAsync", arguments =>
        {
            asked = (LogQuery)arguments[0]!;
            return Task.FromResult(5L);
        }
        )));
        var task = new PurgeLogs { Id = "t", Type = "core.log.PurgeLogs", Namespace = "company", LogLevels = new(new List<object?> { "DEBUG", "TRACE" }), EndDate = "2026-01-02T00:00:00Z" };
        Assert.Equal(5L, (await RunAsync(task))["count"]);
        Assert.Equal(("company", Day, null), (asked!.Namespace, asked.To, asked.From));
        Assert.Equal([LogLevel.Debug, LogLevel.Trace], asked.Levels);
    }

    [Fact]
    public async Task Count_gives_out_the_flows_whose_count_meets_the_expression()
    {
        context.With(PortFake.Of<IExecutionStore>(("SearchAsync", arguments =>
            Task.FromResult(new Page<ExecutionSummary>([], ((ExecutionQuery)arguments[0]!).FlowId == "busy" ? 3 : 1)))));
        var flows = new[] { "busy", "calm" }.Select(id => new CountedFlow { Namespace = "company", FlowId = id }).ToList();
        var outputs = await RunAsync(new Count { Id = "t", Type = "core.execution.Count", Flows = flows, Expression = "{{ count > limit }}", States = "[\"SUCCESS\"]" });
        Assert.Equal("""[{"namespace":"company","flowId":"busy","count":3}]""", Data.Write(outputs["results"]));
        Assert.Equal(3L, outputs["total"]);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(new Count { Id = "t", Type = "core.execution.Count", Expression = "true" }));
    }

    [Fact]
    public async Task PurgeExecutions_counts_what_it_deleted_and_spares_itself()
    {
        var deleted = new List<string>();
        ExecutionQuery? asked = null;
        var path = FilePaths.Execution("company.team", "flow", "old") + "/tasks/a.txt";
        using (var content = new MemoryStream([1])) await context.Files.PutAsync(path, content, CancellationToken.None);
        context.With(PortFake.Of<IExecutionStore>(("SearchAsync", arguments =>
        {
            asked = (ExecutionQuery)arguments[0]!;
            return Task.FromResult(new Page<ExecutionSummary>([Summary("old"), Summary(context.ExecutionId)], 2));
        }
        )));
        context.With(PortFake.Of<ILogStore>(("DeleteAsync", _ => Task.FromResult(4L)), ("DeleteMetricsAsync", _ => Task.FromResult(2L))));
        context.With(PortFake.Of<IExecutions>(("DeleteAsync", arguments =>
        {
            deleted.Add((string)arguments[0]!);
            return Task.FromResult(true);
        }
        )));
        var outputs = await RunAsync(new PurgeExecutions { Id = "t", Type = "core.execution.PurgeExecutions", EndDate = "2026-01-02T00:00:00Z" });
        Assert.Equal((1L, 4L, 2L), (outputs["executionsCount"], outputs["logsCount"], outputs["metricsCount"]));
        Assert.Equal(["old"], deleted);
        Assert.Null(context.Files.Find(path));
        Assert.All(asked!.States, state => Assert.True(state.IsTerminal));

        deleted.Clear();
        await RunAsync(new PurgeExecutions { Id = "t", Type = "core.execution.PurgeExecutions", EndDate = "2026-01-02T00:00:00Z", States = "[\"RUNNING\"]" });
        Assert.Empty(deleted);
    }

    [Fact]
    public async Task Resume_answers_an_execution_of_its_namespace_only()
    {
        var resumed = new List<string>();
        context.With(PortFake.Of<IExecutions>(
            ("FindAsync", arguments => Task.FromResult<(Execution, long)?>((string)arguments[0]! == "missing" ? null : (Execution((string)arguments[0]!), 1))),
            ("ResumeAsync", arguments =>
            {
                resumed.Add($"{arguments[0]} {Data.Write(arguments[2])} {((Asker)arguments[6]!).IdempotencyKey}");
                return Task.FromResult(Execution((string)arguments[0]!));
            }
        )));
        var resume = new Resume { Id = "t", Type = "core.execution.Resume", ExecutionId = "other", Inputs = new(Data.Map(("ok", "{{ limit }}"))) };
        await RunAsync(resume);
        Assert.Equal([$$"""other {"ok":"2"} {{context.IdempotencyKey}}"""], resumed);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(resume with { ExecutionId = "missing" }));
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(resume with { Namespace = "company.other", FlowId = "flow" }));
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(resume with { FlowId = "flow" }));
        Assert.Single(resumed);
    }

    [Fact]
    public async Task Kill_and_Toggle_pass_on_what_they_are_told()
    {
        var calls = new List<string>();
        context.With(PortFake.Of<IExecutions>(("KillAsync", arguments =>
        {
            calls.Add($"kill {arguments[0]} {arguments[1]}");
            return Task.FromResult(Execution("x"));
        }
        )));
        context.With(PortFake.Of<ITriggers>(("SetDisabledAsync", arguments =>
        {
            calls.Add($"{arguments[0]} disabled {arguments[1]}");
            return Task.FromResult(new TriggerState { Key = (TriggerKey)arguments[0]!, Type = "t" });
        }
        )));
        await RunAsync(new Kill { Id = "t", Type = "core.execution.Kill", ExecutionId = "x", PropagateKill = new(false) });
        await RunAsync(new Toggle { Id = "t", Type = "core.trigger.Toggle", Trigger = "daily", Enabled = new(true) });
        await RunAsync(new Toggle { Id = "t", Type = "core.trigger.Toggle", Trigger = "daily", Namespace = "company", FlowId = "other" });
        Assert.Equal(["kill x False", $"{new TriggerKey("company.team", "flow", "daily")} disabled False", $"{new TriggerKey("company", "other", "daily")} disabled True"], calls);
    }

    [Fact]
    public async Task A_templated_task_is_rendered_read_and_run()
    {
        var made = new Queue<TaskDefinition>([new Return { Id = "r", Type = "core.debug.Return", Format = "made" }, new TemplatedTask { Id = "x", Type = "core.templating.TemplatedTask", Spec = "" }, new Branches { Id = "b", Type = "b" }]);
        var texts = new List<string>();
        context.With(PortFake.Of<ITaskReader>(("ReadTask", arguments =>
        {
            texts.Add((string)arguments[0]!);
            return made.Dequeue();
        }
        )));
        var task = new TemplatedTask { Id = "t", Type = "core.templating.TemplatedTask", Spec = "limit: {{ limit }}" };
        Assert.Equal("made", (await RunAsync(task))["value"]);
        Assert.Equal(["limit: 2"], texts);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(task));
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(task));
        Assert.Equal("The templated task must be a runnable task", failure.Message);
    }

    private static LogEntry Line(string message) => new() { Namespace = "company.team", FlowId = "flow", Timestamp = Day, Level = LogLevel.Warn, Message = message };

    private static ExecutionSummary Summary(string id) => new(id, "company.team", "flow", 1, State.Success, Day, Day, null, null, []);

    private static Execution Execution(string id) => new() { Id = id, Namespace = "company.team", FlowId = "flow", FlowRevision = 1, State = StateTrail.Start(State.Paused, Day) };

    private async Task<IReadOnlyDictionary<string, object?>> RunAsync(RunnableTask task) => (await task.RunAsync(context, CancellationToken.None)).Outputs ?? Data.Map();

    /// <summary>A task that only decides.</summary>
    private sealed record Branches : FlowableTask
    {
        protected override IEnumerable<TaskBranch> OwnBranches() => [];
    }
}

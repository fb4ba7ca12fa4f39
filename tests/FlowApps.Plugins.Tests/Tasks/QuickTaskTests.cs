using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Plugins.Tasks.Debugging;
using FlowApps.Plugins.Tasks.Executions;
using FlowApps.Plugins.Tasks.Logs;
using FlowApps.Plugins.Tasks.Metrics;
using FlowApps.Plugins.Tasks.Output;
using Assertion = FlowApps.Plugins.Tasks.Executions.Assert;

namespace FlowApps.Plugins.Tests.Tasks;

public sealed class QuickTaskTests : IDisposable
{
    private readonly TaskContextFake context = new(("who", "world"), ("n", 3), ("list", new List<object?> { "a", "b" }));

    public void Dispose() => context.Dispose();

    [Fact]
    public void Log_writes_one_line_per_message_at_its_level()
    {
        Run(new Log { Id = "t", Type = "core.log.Log", Message = new(new List<object?> { "Hello {{ who }}", 7 }), Level = "WARN" });
        Xunit.Assert.Equal([(LogLevel.Warn, "Hello world"), (LogLevel.Warn, "7")], context.Lines);
    }

    [Fact]
    public void Return_gives_out_what_it_rendered_and_how_long_it_is()
    {
        var outcome = Run(new Return { Id = "t", Type = "core.debug.Return", Format = "Hello {{ who }}" });
        Xunit.Assert.Equal("Hello world", outcome.Outputs!["value"]);
        Xunit.Assert.Contains(context.Metrics, metric => metric is { Name: "length", Value: 11 });
    }

    [Fact]
    public void Return_without_format_gives_null() =>
        Xunit.Assert.Null(Run(new Return { Id = "t", Type = "core.debug.Return" }).Outputs!["value"]);

    [Fact]
    public void OutputValues_renders_deeply_and_keeps_what_is_no_text()
    {
        var values = Data.Map(("{{ who }}", "{{ n }}"), ("nested", Data.Map(("deep", "{{ who }}"))), ("number", 5));
        var outputs = (IReadOnlyDictionary<string, object?>)Run(new OutputValues { Id = "t", Type = "core.output.OutputValues", Values = new(values) }).Outputs!["values"]!;
        Xunit.Assert.Equal("""{"world":"3","nested":{"deep":"world"},"number":5}""", Data.Write(outputs));
    }

    [Theory]
    [InlineData(null, State.Failed)]
    [InlineData("{{ n == 3 }}", State.Failed)]
    [InlineData("{{ n == 4 }}", State.Success)]
    [InlineData("0", State.Success)]
    public void Fail_fails_when_its_condition_is_absent_or_true(string? condition, State expected)
    {
        var outcome = Run(new Fail { Id = "t", Type = "core.execution.Fail", Condition = condition is null ? null : new(condition), ErrorMessage = "no {{ who }}" });
        Xunit.Assert.Equal(expected, outcome.State);
        Xunit.Assert.Equal(expected == State.Failed ? "no world" : null, outcome.Error);
    }

    public static TheoryData<object> LabelForms => new()
    {
        Data.Map(("a", "{{ who }}"), ("n", 3), ("gone", null)),
        new List<object?> { Data.Map(("key", "a"), ("value", "{{ who }}")), Data.Map(("key", "n"), ("value", 3)) },
        """{"a": "{{ who }}", "n": 3}""",
    };

    [Theory]
    [MemberData(nameof(LabelForms))]
    public void Labels_takes_maps_lists_and_their_text(object labels)
    {
        var outcome = Run(new UpdateLabels { Id = "t", Type = "core.execution.Labels", Labels = new(labels) });
        var change = Xunit.Assert.IsType<SetLabels>(Xunit.Assert.Single(outcome.Changes));
        Xunit.Assert.Equal([new Label("a", "world"), new Label("n", "3")], change.Labels);
    }

    [Fact]
    public void Labels_of_the_product_are_refused()
    {
        var failure = Xunit.Assert.Throws<TaskFailedException>(() => Run(new UpdateLabels { Id = "t", Type = "core.execution.Labels", Labels = new(Data.Map(("system.app", "x"))) }));
        Xunit.Assert.Contains("offending label: system.app=x", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assert_counts_what_holds_and_names_what_does_not()
    {
        var conditions = new List<object?> { "{{ n == 3 }}", "{{ n == 4 }}", "{{ missing }}" };
        var outcome = Run(new Assertion { Id = "t", Type = "core.execution.Assert", Conditions = new(conditions) });
        Xunit.Assert.Equal(State.Failed, outcome.State);
        Xunit.Assert.Equal([("success", 1d), ("failed", 2d)], context.Metrics.Select(metric => (metric.Name, metric.Value)));
        Xunit.Assert.Contains(context.Lines, line => line.Level == LogLevel.Error && line.Message.Contains("{{ n == 4 }}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SUCCESS", State.Success)]
    [InlineData("CANCELED", State.Cancelled)]
    [InlineData("CANCELLED", State.Cancelled)]
    [InlineData("KILLED", State.Killed)]
    public void Exit_ends_the_execution_in_the_named_state(string word, State expected)
    {
        var outcome = Run(new Exit { Id = "t", Type = "core.execution.Exit", State = word });
        Xunit.Assert.Equal([new ExitExecution(expected)], outcome.Changes);
    }

    [Fact]
    public void Variables_are_set_as_they_render_and_unset_by_name()
    {
        var set = Run(new Plugins.Tasks.Executions.SetVariables { Id = "t", Type = "core.execution.SetVariables", Variables = new(Data.Map(("x", "{{ who }}"))) });
        Xunit.Assert.Equal("world", Xunit.Assert.IsType<Domain.Tasks.SetVariables>(Xunit.Assert.Single(set.Changes)).Variables["x"]);
        var unset = Run(new Plugins.Tasks.Executions.UnsetVariables { Id = "t", Type = "core.execution.UnsetVariables", Variables = "{{ list }}", IgnoreMissing = new(true) });
        var change = Xunit.Assert.IsType<Domain.Tasks.UnsetVariables>(Xunit.Assert.Single(unset.Changes));
        Xunit.Assert.Equal(["a", "b"], change.Names);
        Xunit.Assert.True(change.IgnoreMissing);
    }

    [Fact]
    public void Publish_takes_counters_timers_and_gauges()
    {
        var metrics = new List<object?>
        {
            Data.Map(("type", "counter"), ("name", "rows"), ("value", "{{ n }}"), ("tags", Data.Map(("shop", "{{ who }}")))),
            Data.Map(("type", "timer"), ("name", "took"), ("value", "PT1.5S")),
            Data.Map(("type", "gauge"), ("name", "level"), ("value", 0.5)),
        };
        Run(new Publish { Id = "t", Type = "core.metric.Publish", Metrics = new(metrics) });
        Xunit.Assert.Equal([(MetricKind.Counter, 3d), (MetricKind.Timer, 1.5), (MetricKind.Gauge, 0.5)], context.Metrics.Select(metric => (metric.Kind, metric.Value)));
        Xunit.Assert.Equal("world", context.Metrics.First().Tags!["shop"]);
    }

    /// <summary>Quick tasks end at once, or the engine could not run them in place.</summary>
    private TaskOutcome Run(RunnableTask task)
    {
        Xunit.Assert.True(task.Quick);
        var run = task.RunAsync(context, CancellationToken.None).AsTask();
        Xunit.Assert.True(run.IsCompleted);
        return run.GetAwaiter().GetResult();
    }
}

using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class LogStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly ILogStore logs = host.Get<ILogStore>();
    private readonly string execution = Sample.Id();

    [Fact]
    public async Task Lines_come_back_in_order_and_whole()
    {
        var lines = new[] { Line("first", LogLevel.Info), Line("second\0with a null, ünïcode and half an emoji \ud83d", LogLevel.Warn) with { TaskId = "t", TaskRunId = "r", AttemptNumber = 2, Thread = "main" }, Line("third", LogLevel.Error) };
        await logs.AppendAsync(lines, None);
        var page = await logs.SearchAsync(new LogQuery { ExecutionId = execution }, new PageRequest(), None);
        page.Total.ShouldBe(3);
        page.Results.ShouldBe([lines[0], lines[1] with { Message = "second\uFFFDwith a null, ünïcode and half an emoji \uFFFD" }, lines[2]]);
        (await MessagesAsync(new LogQuery(), "timestamp:desc"))[0].ShouldBe("third");
    }

    [Fact]
    public async Task Filters_narrow_and_delete_takes_the_same()
    {
        await logs.AppendAsync(
        [
            Line("trace", LogLevel.Trace), Line("debug", LogLevel.Debug) with { TaskId = "a" }, Line("100% warn", LogLevel.Warn) with { TaskId = "b", TaskRunId = "run", AttemptNumber = 1 },
            Line("error", LogLevel.Error) with { Timestamp = Sample.Now.AddHours(1) },
        ], None);
        (await MessagesAsync(new LogQuery { MinLevel = LogLevel.Warn })).ShouldBe(["100% warn", "error"]);
        (await MessagesAsync(new LogQuery { Levels = [LogLevel.Trace, LogLevel.Error] })).ShouldBe(["trace", "error"]);
        (await MessagesAsync(new LogQuery { TaskIds = ["a", "b"] })).ShouldBe(["debug", "100% warn"]);
        (await MessagesAsync(new LogQuery { TaskRunId = "run", Attempt = 1 })).ShouldBe(["100% warn"]);
        (await MessagesAsync(new LogQuery { TaskRunId = "run", Attempt = 0 })).ShouldBeEmpty();
        (await MessagesAsync(new LogQuery { Text = "0% W" })).ShouldBe(["100% warn"]);
        (await MessagesAsync(new LogQuery { From = Sample.Now.AddMinutes(1) })).ShouldBe(["error"]);
        (await logs.DeleteAsync(new LogQuery { ExecutionId = execution, MinLevel = LogLevel.Warn }, None)).ShouldBe(2);
        (await MessagesAsync(new LogQuery())).ShouldBe(["trace", "debug"]);
    }

    [Fact]
    public async Task Metrics_come_back_by_task_run()
    {
        var tags = new Dictionary<string, string> { ["unit"] = "rows" };
        await logs.AppendMetricsAsync(
        [
            new MetricEntry("acme", "f", execution, "t", "r1", Sample.Now, new Metric("rows", MetricKind.Counter, 12, tags)),
            new MetricEntry("acme", "f", execution, "t", "r2", Sample.Now, new Metric("time", MetricKind.Timer, 0.25)),
        ], None);
        (await logs.MetricsAsync(execution, null, new PageRequest(), None)).Total.ShouldBe(2);
        var rows = (await logs.MetricsAsync(execution, "r1", new PageRequest(), None)).Results.ShouldHaveSingleItem();
        (rows.Metric.Kind, rows.Metric.Value, rows.Metric.Tags!["unit"]).ShouldBe((MetricKind.Counter, 12, "rows"));
        (await logs.DeleteMetricsAsync(execution, None)).ShouldBe(2);
    }

    [Fact]
    public async Task Metrics_of_one_commit_keep_their_times_their_order_and_values_that_json_has_no_word_for()
    {
        MetricEntry Entry(string name, double value, int microseconds) => new("acme", "f", execution, "t", "r", Sample.Now.AddMicroseconds(microseconds), new Metric(name, MetricKind.Gauge, value));
        MetricEntry[] measured = [Entry("second", double.NaN, 5), Entry("third", double.NegativeInfinity, 7), Entry("first", 1e300, 0)];
        await logs.AppendMetricsAsync([.. measured, measured[0] with { Metric = new Metric("a\0b", MetricKind.Timer, 0.1, new Dictionary<string, string> { ["\0"] = "\0" }) }], None);
        var page = await logs.MetricsAsync(execution, "r", new PageRequest(1, 3), None);
        page.Total.ShouldBe(4);
        page.Results.ShouldBe(measured);
        (await logs.MetricsAsync(execution, "r", new PageRequest(2, 3), None)).Results.ShouldHaveSingleItem().Metric.Tags!.Single().Value.ShouldBe("\uFFFD");
    }

    [Fact]
    public async Task Metrics_of_a_flow_are_named_by_task_and_followed_over_time()
    {
        var flow = new FlowId("metrics", execution);
        Task AddAsync(string task, string name, int hours, double value) => logs.AppendMetricsAsync(
            [new MetricEntry(flow.Namespace, flow.Id, execution, task, "r", Sample.Now.AddHours(hours), new Metric(name, MetricKind.Counter, value))], None);
        await AddAsync("load", "rows", -30, 5);
        await AddAsync("load", "rows", -1, 2);
        await AddAsync("store", "rows", -1, 3);
        await AddAsync("store", "bytes", -1, 100);

        (await logs.MetricNamesAsync(flow, None)).ShouldBe([new("load", "rows", MetricKind.Counter), new("store", "bytes", MetricKind.Counter), new("store", "rows", MetricKind.Counter)]);
        async Task<double[]> TrendAsync(int hours, MetricAggregation how, params string[] tasks) =>
            [.. (await logs.MetricTrendAsync(new MetricTrendQuery(flow, tasks, "rows", Sample.Now.AddHours(-hours), Sample.Now, how), None)).Select(point => point.Value)];
        (await TrendAsync(48, MetricAggregation.Sum, "load", "store")).Sum().ShouldBe(10);
        (await TrendAsync(2, MetricAggregation.Avg, "load", "store")).ShouldBe([2.5]);
        (await TrendAsync(2, MetricAggregation.Max, "load")).ShouldBe([2]);
        (await TrendAsync(2, MetricAggregation.Min, "none")).ShouldBeEmpty();
    }

    private async Task<List<string>> MessagesAsync(LogQuery query, string? sort = null) =>
        [.. (await logs.SearchAsync(query with { ExecutionId = execution }, new PageRequest(1, 100, sort), None)).Results.Select(line => line.Message)];

    private LogEntry Line(string message, LogLevel level) => new() { Namespace = "acme.logs", FlowId = "f", ExecutionId = execution, Timestamp = Sample.Now, Level = level, Message = message };
}

namespace FlowApps.Web.Tests.Api;

[Collection(ApiTests.Name)]
public sealed class MetricApiTests(ApiServer api)
{
    [Fact]
    public async Task What_tasks_measure_is_named_and_followed_over_time()
    {
        await api.SaveAsync("""
            id: measured
            namespace: api.metrics
            tasks:
              - id: load
                type: core.metric.Publish
                metrics:
                  - {name: rows, type: counter, value: 40}
                  - {name: rows, type: counter, value: 2}
            """);
        (await api.SendAsync(HttpMethod.Post, "executions/api.metrics/measured?wait=true")).Must(200);

        // Metrics are written beside the execution, a moment later than its end.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while ((await api.GetAsync("metrics/names/api.metrics/measured")).Must(200).List().Count == 0) await Task.Delay(50, limit.Token);
        Assert.Equal(["rows"], (await api.GetAsync("metrics/names/api.metrics/measured/load")).Must(200).List());
        Assert.Equal(["load"], (await api.GetAsync("metrics/tasks/api.metrics/measured")).Must(200).List());
        var trend = (await api.GetAsync("metrics/aggregates/api.metrics/measured/rows")).Must(200);
        Assert.Equal(("day", "rows", 42d), (trend["groupBy"], trend["aggregations.0.name"], Convert.ToDouble(trend["aggregations.0.value"], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty((await api.GetAsync("metrics/aggregates/api.metrics/measured/other/rows?aggregation=max")).Must(200).List("aggregations"));
        (await api.GetAsync("metrics/aggregates/api.metrics/measured/rows?aggregation=median")).Must(422);
    }
}

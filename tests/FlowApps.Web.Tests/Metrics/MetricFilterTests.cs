using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Web.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Tests.Metrics;

public sealed class MetricFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly MetricName[] Known = [new("load", "rows", MetricKind.Counter), new("store", "bytes/s", MetricKind.Gauge), new("store", "rows", MetricKind.Counter)];

    [Theory]
    [InlineData("", "rows", "load,store", MetricInterval.Day)]
    [InlineData("?metric=store%2Frows&hours=6&as=max", "rows", "store", MetricInterval.Minute)]
    [InlineData("?metric=store%2Fbytes%2Fs&hours=24", "bytes/s", "store", MetricInterval.Hour)]
    [InlineData("?metric=%2Frows&hours=8760", "rows", "load,store", MetricInterval.Week)]
    [InlineData("?metric=rows&hours=5&as=7", "rows", "load,store", MetricInterval.Day)]
    public void Everything_is_in_the_address_and_nonsense_is_the_usual(string address, string name, string tasks, MetricInterval width)
    {
        var query = Of(address).Query(new FlowId("n", "f"), Known, Now)!;
        Assert.Equal((name, tasks, width, Now), (query.Name, string.Join(',', query.TaskIds), query.Interval, query.To));
    }

    [Theory]
    [InlineData("?metric=load%2Fbytes")]
    [InlineData("?metric=%2Fgone")]
    public void A_metric_that_the_flow_does_not_have_asks_for_nothing(string address) => Assert.Null(Of(address).Query(new FlowId("n", "f"), Known, Now));

    [Fact]
    public void A_flow_without_metrics_asks_for_nothing() => Assert.Null(Of("").Query(new FlowId("n", "f"), [], Now));

    [Theory]
    [InlineData(6, 361, "2026-03-01T02:00")]
    [InlineData(24, 25, "2026-02-28T08:00")]
    [InlineData(24 * 30, 31, "2026-01-30T00:00")]
    [InlineData(24 * 365, 53, "2025-02-24T00:00")]
    [InlineData(24 * 366, 14, "2025-02-01T00:00")]
    public void Every_interval_has_its_place(int hours, int count, string first)
    {
        var beginnings = new MetricTrendQuery(new FlowId("n", "f"), [], "rows", Now.AddHours(-hours), Now, MetricAggregation.Sum).Beginnings().ToList();
        Assert.Equal((count, first), (beginnings.Count, beginnings[0].ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(MetricKind.Timer, 0.000051, "51 µs")]
    [InlineData(MetricKind.Timer, 1.25, "1.3 s")]
    [InlineData(MetricKind.Timer, double.NaN, "NaN")]
    [InlineData(MetricKind.Counter, 1234567, "1,234,567")]
    public void Figures_are_told_in_words(MetricKind kind, double value, string words) => Assert.Equal(words, MetricWords.Of(kind, value));

    private static MetricFilter Of(string address) => MetricFilter.Of(new QueryCollection(QueryHelpers.ParseQuery(address)));
}

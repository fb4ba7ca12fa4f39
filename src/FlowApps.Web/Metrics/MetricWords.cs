using System.Globalization;
using FlowApps.Domain.Logs;
using FlowApps.Web.Look;

namespace FlowApps.Web.Metrics;

/// <summary>Figures of tasks in words: times as durations, down to microseconds; everything else as a number.</summary>
public static class MetricWords
{
    private const double Millisecond = 0.001;

    public static string Of(MetricKind kind, double value) => kind switch
    {
        MetricKind.Timer when value is > 0 and < Millisecond => $"{Math.Round(value * 1_000_000).ToString(CultureInfo.InvariantCulture)} µs",
        MetricKind.Timer when double.IsFinite(value) && Math.Abs(value) < TimeSpan.MaxValue.TotalSeconds => Durations.Words(TimeSpan.FromSeconds(value)),
        _ => value.ToString("#,0.######", CultureInfo.InvariantCulture),
    };
}

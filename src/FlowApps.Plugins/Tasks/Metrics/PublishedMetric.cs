using System.Globalization;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Metrics;

/// <summary>One figure to publish.</summary>
public sealed record PublishedMetric
{
    /// <summary>counter, timer or gauge.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the figure.</summary>
    public required string Name { get; init; }

    /// <summary>A number; for a timer a duration such as PT2.5S or a number of seconds.</summary>
    public required object Value { get; init; }

    /// <summary>Words by which the figure can be told apart.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Reads rendered data. Errors: <see cref="TaskFailedException"/> saying which part is wrong.</summary>
    internal static Metric From(object? row)
    {
        if (row is not IReadOnlyDictionary<string, object?> map) throw new TaskFailedException($"A metric needs a type, a name and a value, this one is {Data.Write(row)}.");
        var name = map.GetValueOrDefault("name") as string ?? throw new TaskFailedException($"A metric needs a name, this one is {Data.Write(row)}.");
        var kind = map.GetValueOrDefault("type") switch
        {
            "counter" => MetricKind.Counter,
            "timer" => MetricKind.Timer,
            "gauge" => MetricKind.Gauge,
            var other => throw new TaskFailedException($"The metric '{name}' must be a counter, a timer or a gauge, not '{other}'."),
        };
        var tags = (map.GetValueOrDefault("tags") as IReadOnlyDictionary<string, object?>)?
            .ToDictionary(tag => tag.Key, tag => (string?)PropertyConversion.To(typeof(string), tag.Value) ?? "");
        return new Metric(name, kind, Number(name, map.GetValueOrDefault("value")), tags);
    }

    private static double Number(string name, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        return Duration.TryParse(text, out var duration)
            ? duration.TotalSeconds
            : throw new TaskFailedException($"The value of the metric '{name}' must be a number or a duration, not '{text}'.");
    }
}

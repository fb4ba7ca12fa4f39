using System.Collections.Concurrent;
using FlowApps.Domain.Logs;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>The metrics whose names this writer has stored, so that it writes each once and not with every execution.</summary>
internal sealed class KnownMetrics
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string, string, string, string), bool> names = new();

    public bool Contains(MetricEntry entry) => names.ContainsKey(Key(entry));

    /// <summary>What has become durable.</summary>
    public void Learn(IEnumerable<MetricEntry> entries)
    {
        if (names.Count > Most) names.Clear();
        foreach (var entry in entries) names.TryAdd(Key(entry), true);
    }

    private static (string, string, string, string) Key(MetricEntry entry) => (entry.Namespace, entry.FlowId, entry.TaskId, entry.Metric.Name);
}

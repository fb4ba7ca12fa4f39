using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;

namespace FlowApps.Web.Metrics;

/// <summary>Which metric of a flow a page shows, how taken together, and how far back; all of it is in the address.</summary>
/// <param name="Name">The metric; null for the first there is.</param>
/// <param name="Task">Of this task only; null for all that give it out.</param>
/// <param name="Aggregation">What becomes of the values within a point.</param>
/// <param name="Hours">One of the <see cref="Periods"/>.</param>
public sealed record MetricFilter(string? Name, string? Task, MetricAggregation Aggregation, int Hours)
{
    public const int Usual = 24 * 7;
    private const char Between = '/';

    /// <summary>How far back one can look, in hours, and what it is called.</summary>
    public static IReadOnlyList<(int Hours, string Title)> Periods { get; } = [(6, "6 h"), (24, "24 h"), (Usual, "7 d"), (24 * 30, "30 d"), (24 * 365, "1 year")];

    public static MetricFilter Of(IQueryCollection query)
    {
        var chosen = query["metric"].ToString().Split(Between, 2);
        return new(chosen is [_, { Length: > 0 } name] ? name : null, chosen is [{ Length: > 0 } task, _] ? task : null,
            Enum.TryParse<MetricAggregation>(query["as"], ignoreCase: true, out var aggregation) && Enum.IsDefined(aggregation) ? aggregation : MetricAggregation.Sum,
            int.TryParse(query["hours"], CultureInfo.InvariantCulture, out var hours) && Periods.Any(period => period.Hours == hours) ? hours : Usual);
    }

    /// <summary>The metric as the list of choices names it: ids of tasks hold no such sign.</summary>
    public static string Choice(string name, string? task) => $"{task}{Between}{name}";

    /// <summary>What is asked of the store; null when the flow has no such metric.</summary>
    public MetricTrendQuery? Query(FlowId flow, IReadOnlyList<MetricName> known, DateTimeOffset now)
    {
        var name = Name ?? (known.Count > 0 ? known[0].Name : null);
        var tasks = known.Where(metric => metric.Name == name && (Task is null || metric.TaskId == Task)).Select(metric => metric.TaskId).ToList();
        return name is null || tasks.Count == 0 ? null : new(flow, tasks, name, now.AddHours(-Hours), now, Aggregation);
    }
}

using System.Globalization;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using LogLevel = FlowApps.Domain.Logs.LogLevel;

namespace FlowApps.Web.Api.Logs;

/// <summary>From the conditions of a request to the store's query, and reading all pages of it.</summary>
public static class LogFilters
{
    public static LogQuery Query(SearchFilters filters, TimeProvider clock)
    {
        var (from, to) = filters.Period(clock.GetUtcNow());
        return new LogQuery
        {
            Text = filters.Text("q", "CONTAINS"),
            Namespace = filters.One("namespace", "EQUALS", "IN", "PREFIX", "STARTS_WITH", "CONTAINS")?.Value.TrimEnd('.'),
            FlowId = filters.Text("flowId"),
            TriggerId = filters.Text("triggerId"),
            ExecutionId = filters.Text("executionId"),
            MinLevel = Level(filters.Text("minLevel") ?? filters.One("level", "EQUALS", "GREATER_THAN_OR_EQUAL_TO")?.Value),
            From = from,
            To = to,
        };
    }

    /// <summary>What the operations on one execution's log take: minLevel, taskRunId, taskId, attempt.</summary>
    public static LogQuery OfExecution(string executionId, HttpRequest request) => new()
    {
        ExecutionId = executionId,
        MinLevel = Level(request.Query["minLevel"]),
        TaskRunId = request.Query["taskRunId"].FirstOrDefault(),
        TaskIds = request.Query["taskId"].OfType<string>().ToList(),
        Attempt = int.TryParse(request.Query["attempt"], CultureInfo.InvariantCulture, out var attempt) ? attempt : null,
    };

    public static LogLevel? Level(string? word) =>
        string.IsNullOrEmpty(word) ? null
        : char.IsLetter(word[0]) && Enum.TryParse<LogLevel>(word, ignoreCase: true, out var level) ? level
        : throw RefusedException.Invalid("unknown_level", $"'{word}' is not a log level. The levels are TRACE, DEBUG, INFO, WARN and ERROR.");

    /// <summary>Every line, oldest first.</summary>
    public static async IAsyncEnumerable<LogEntry> AllAsync(this ILogStore logs, LogQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = 1; ; page++)
        {
            var found = await logs.SearchAsync(query, new PageRequest(page, 1000, "timestamp:asc"), cancellation);
            foreach (var entry in found.Results) yield return entry;
            if (found.Results.Count < 1000) yield break;
        }
    }
}

using System.Globalization;
using FlowApps.Domain.Logs;
using FlowApps.Web.Layout;
using LogLevel = FlowApps.Domain.Logs.LogLevel;

namespace FlowApps.Web.Logs;

/// <summary>Which lines a log page shows; all of it is in the address. <c>Path</c>: the page's own address.</summary>
public sealed record LogFilter(string Path, string? Text = null, LogLevel? Level = null, string? Task = null, string? Run = null, string? Namespace = null, string? Flow = null, string? Trigger = null, int Page = 1)
{
    public static LogFilter Of(string path, IQueryCollection query) => new(path, Given(query["q"]),
        Enum.TryParse<LogLevel>(query["level"], ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : null, Given(query["task"]), Given(query["run"]), Given(query["ns"]), Given(query["flow"]), Given(query["trigger"]),
        int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 100_000) : 1);

    public string Address => Addresses.With(Path, ("q", Text), ("level", Level?.ToString().ToLowerInvariant()), ("task", Task), ("run", Run), ("ns", Namespace), ("flow", Flow), ("trigger", Trigger), ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null));

    public LogQuery Query => new()
    {
        Text = Text,
        MinLevel = Level,
        TaskIds = Task is null || Run is not null ? [] : [Task],
        TaskRunId = Run,
        Namespace = Namespace,
        FlowId = Flow,
        TriggerId = Trigger,
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

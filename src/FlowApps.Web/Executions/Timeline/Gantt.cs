using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Executions.Timeline;

/// <summary>A piece of a bar, in percent of the whole width. <c>Hold</c>: nothing runs, it waits. <c>Group</c>: the span of the runs inside.</summary>
public sealed record Bar(Silhouette Of, double Start, double Width, bool Hold = false, bool Group = false, bool Failed = false);

/// <summary>A line of the timeline.</summary>
public sealed record Lane(TaskRun Run, int Depth, string Name, string? Remark, IReadOnlyList<Bar> Bars, string Time, string Sentence);

/// <summary>A mark of the axis.</summary>
public sealed record Tick(double At, string Text);

/// <summary>The task runs of an execution over time: children below their parent, tries and waits told apart. Pure geometry.</summary>
public sealed record Gantt(IReadOnlyList<Lane> Lanes, IReadOnlyList<Tick> Ticks, double? Now, int Left)
{
    /// <summary>More are not drawn: the page stays readable, and quick.</summary>
    public const int Most = 400;

    private const double Narrowest = 0.35;

    /// <param name="execution">The execution as it is, or as it was.</param>
    /// <param name="now">The moment that is looked at; the end of what still runs.</param>
    public static Gantt Of(Execution execution, DateTimeOffset now)
    {
        var start = execution.State.StartDate;
        var last = execution.TaskRuns.Select(run => run.State.EndDate).Append(execution.State.EndDate).Max() ?? now;
        var open = !execution.IsSettled;
        var end = open ? now > last ? now : last : last;
        // What goes on needs room to grow into.
        var span = Math.Max(0.001, (end - start).TotalSeconds) * (open ? 1.15 : 1);
        var scale = new Scale(start, span, now);
        var lanes = new List<Lane>();
        Walk(null, 0);
        return new Gantt(lanes, Marks(span), open ? scale.Percent(now) : null, execution.TaskRuns.Count - lanes.Count);

        void Walk(string? parent, int depth)
        {
            foreach (var run in execution.TaskRuns.ChildrenOf(parent))
            {
                if (lanes.Count >= Most) return;
                var children = execution.TaskRuns.CountChildrenOf(run.Id);
                lanes.Add(LaneOf(run, depth, children, execution.TaskRuns.CountChildrenOf(run.Id) - execution.TaskRuns.OpenChildrenOf(run.Id).Count(), scale));
                Walk(run.Id, depth + 1);
            }
        }
    }

    private static Lane LaneOf(TaskRun run, int depth, int children, int ended, Scale scale)
    {
        var name = run.Value is { } value ? $"{run.TaskId} {(value.Length > 40 ? value[..39] + "…" : value)}" : run.TaskId;
        var time = Time(run, scale.Now);
        var remark = children > 0 ? ended == children ? null : $"{ended} of {children}" : run.Attempts.Count > 1 ? $"try {run.Attempts.Count}" : null;
        return new Lane(run, depth, name, remark, Bars(run, children > 0, scale).ToList(), time, $"{name}: {run.State.Current.DeveloperWord().ToLowerInvariant()}, {time}");
    }

    private static IEnumerable<Bar> Bars(TaskRun run, bool group, Scale scale)
    {
        if (group)
        {
            yield return scale.Bar(run.State.Current.Silhouette(), run.State.StartDate, run.State.EndDate ?? scale.Now) with { Group = true };
            yield break;
        }
        foreach (var (change, next) in run.State.Histories.Zip(run.State.Histories.Skip(1).Select(change => (DateTimeOffset?)change.Date).Append(run.State.EndDate is null ? scale.Now : null)))
            if (next is { } until && change.State is State.Paused or State.Retrying && next > change.Date)
                yield return scale.Bar(Silhouette.Paused, change.Date, next.Value) with { Hold = true };
        if (run.Attempts.Count > 0)
        {
            foreach (var attempt in run.Attempts)
            {
                var state = attempt.State.Current;
                // A person paused it: the attempt is the wait.
                if (run.State.Current == State.Paused && !state.IsTerminal) continue;
                yield return scale.Bar(state.Silhouette(), attempt.State.StartDate, attempt.State.EndDate ?? scale.Now) with { Failed = state.IsFailed };
            }
            yield break;
        }
        var begun = run.State.Histories.Where(change => change.State == State.Running).Select(change => (DateTimeOffset?)change.Date).FirstOrDefault();
        if (begun is { } at && !run.State.Histories.Any(change => change.State == State.Paused))
            yield return scale.Bar(run.State.Current.Silhouette(), at, run.State.EndDate ?? scale.Now) with { Failed = run.State.Current.IsFailed };
        else if (begun is null && run.State.Current.IsTerminal)
            yield return scale.Bar(run.State.Current.Silhouette(), run.State.StartDate, run.State.EndDate ?? scale.Now) with { Failed = run.State.Current.IsFailed };
    }

    private static string Time(TaskRun run, DateTimeOffset now) => run.State.Current switch
    {
        State.Created or State.Submitted or State.Queued => "",
        State.Retrying when run.WakeAt is { } wake => $"again {Durations.Relative(wake - now)}",
        State.Skipped => "skipped",
        _ => Durations.Words((run.State.EndDate ?? now) - run.State.StartDate),
    };

    /// <summary>Four to seven marks at round figures.</summary>
    private static List<Tick> Marks(double seconds)
    {
        double[] steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
        var step = steps.FirstOrDefault(s => seconds / s <= 6);
        if (step == 0) step = Math.Ceiling(seconds / 6 / 86_400) * 86_400;
        var ticks = new List<Tick>();
        for (var at = 0.0; at < seconds * 0.94; at += step) ticks.Add(new Tick(at / seconds * 100, at == 0 ? "0" : Label(at)));
        return ticks;
    }

    private static string Label(double seconds) => seconds switch
    {
        < 1 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 60 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds:0.##} s"),
        < 3600 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 60:0.##} min"),
        < 86_400 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 3600:0.##} h"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 86_400:0.##} d"),
    };

    private sealed record Scale(DateTimeOffset Start, double Seconds, DateTimeOffset Now)
    {
        public double Percent(DateTimeOffset at) => Math.Clamp((at - Start).TotalSeconds / Seconds * 100, 0, 100);

        public Bar Bar(Silhouette of, DateTimeOffset from, DateTimeOffset until)
        {
            var begin = Math.Min(Percent(from), 100 - Narrowest);
            return new Bar(of, begin, Math.Max(Narrowest, Percent(until) - begin));
        }
    }
}

using FlowApps.Domain.Executions;
using FlowApps.Web.Flows.Topology;
using FlowApps.Web.Look;

namespace FlowApps.Web.Executions.Timeline;

/// <summary>How each task of a flow stands in an execution, all its runs taken together.</summary>
public static class TaskMarks
{
    public static IReadOnlyDictionary<string, TaskMark> Of(Execution execution, IEnumerable<string> tasks, Func<string, string> address, DateTimeOffset now)
    {
        var marks = tasks.Distinct().ToDictionary(task => task, _ => new TaskMark(Silhouette.Created, ""), StringComparer.Ordinal);
        foreach (var group in execution.TaskRuns.GroupBy(run => run.TaskId, StringComparer.Ordinal)) marks[group.Key] = Of(group.ToList(), address, now);
        return marks;
    }

    private static TaskMark Of(IReadOnlyList<TaskRun> runs, Func<string, string> address, DateTimeOffset now)
    {
        var shown = runs.FirstOrDefault(run => run.State.Current.IsFailed) ?? runs.FirstOrDefault(run => !run.State.Current.IsTerminal) ?? runs.FirstOrDefault(run => run.State.Current == State.Warning) ?? runs[^1];
        var open = runs.FirstOrDefault(run => run.State.Current.IsRunning);
        var words = runs.Count > 1 ? $"{runs.Count(run => run.State.Current.IsTerminal)} of {runs.Count}"
            : shown.State.Current is State.Created or State.Submitted or State.Skipped ? ""
            : shown.Attempts.Count > 1 ? $"try {shown.Attempts.Count}"
            : Durations.Words((shown.State.EndDate ?? now) - shown.State.StartDate);
        return new TaskMark((open ?? shown).State.Current.Silhouette(), words, address((open ?? shown).Id));
    }
}

using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Executions;

/// <summary>An execution with what its pages show beside it. <c>Flow</c> is null when its revision can no longer be read.</summary>
public sealed record ExecutionView(Execution Execution, long Version, Flow? Flow, IReadOnlyList<Wait> Waits)
{
    public string Id => Execution.Id;

    public State State => Execution.State.Current;

    public bool IsOver => State.IsTerminal;

    public IEnumerable<TaskRun> Paused => Execution.TaskRuns.Where(run => run.State.Current == State.Paused);

    public Wait? WaitOf(TaskRun run) => Waits.FirstOrDefault(wait => wait.TaskRunId == run.Id && wait.Decision is null);

    /// <summary>The first thing that went wrong, in the words of the one it happened to.</summary>
    public (TaskRun? Run, string Message)? Error =>
        Execution.TaskRuns.Where(run => run.State.Current.IsFailed).Select(run => (Run: (TaskRun?)run, Message: run.Error ?? run.Attempts.LastOrDefault(attempt => attempt.Error is not null)?.Error)).FirstOrDefault(pair => pair.Message is not null) is { Message: { } message } found
            ? (found.Run, message)
            : Execution.Error is { } own ? (null, own) : null;

    public string Address => Routes.To(Routes.Execution, Id);

    /// <summary>The type of a task, as its flow writes it.</summary>
    public string? TypeOf(string taskId) => Flow?.AllTasks().FirstOrDefault(task => task.Id == taskId)?.Type;
}

using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Timers of task runs: the time a task may take, the time a Sleep lasts, the end of a pause.</summary>
internal static class Timeouts
{
    public static void Watch(Turn turn, TaskDefinition task, TaskRun run, DateTimeOffset startedAt)
    {
        if (task.Timeout is not null)
            turn.Do(new SetTimer(startedAt + turn.RenderingFor(run).Property(task.Timeout), new TimerRang("task_timeout", run.Id, run.Attempts.Count)));
    }

    public static void Sleep(Turn turn, TaskDefinition task, TaskRun run, TimeSpan delay)
    {
        turn.Emit(new AttemptStarted(turn.Now, run.Id));
        run = turn.State.TaskRuns[run.Id];
        Watch(turn, task, run, turn.Now);
        turn.Log(run.Id, LogLevel.Info, $"Waiting for {Duration.Write(delay)}");
        turn.Do(new SetTimer(turn.Now + delay, new TimerRang("delay", run.Id, run.Attempts.Count)));
    }

    /// <summary>The attempt took too long: it failed, and whatever still works on it is stopped.</summary>
    public static void RingTask(Turn turn, TaskNode node, TaskRun run, int? attempt)
    {
        if (run.State.Current != State.Running || run.Attempts.Count != attempt || !Outcomes.HasOpenAttempt(run)) return;
        var why = $"The task took longer than {turn.RenderingFor(run).Text(node.Task.Timeout?.ToString())}.";
        turn.Do(new CancelWork([run.Id]));
        turn.Log(run.Id, LogLevel.Error, why);
        Outcomes.EndAttempt(turn, node, run, new AttemptReport(State.Failed, Error: why));
    }

    public static void RingDelay(Turn turn, TaskNode node, TaskRun run, int? attempt)
    {
        if (node.Task is ITimedTask && run.Attempts.Count == attempt && Outcomes.HasOpenAttempt(run))
            Outcomes.EndAttempt(turn, node, run, new AttemptReport(State.Success));
        else if (node.Task is PausingTask waiting && IsDue(turn, run)) Waits.Over(turn, run, waiting.WhenOver);
    }

    public static void RingPause(Turn turn, TaskRun run)
    {
        if (IsDue(turn, run)) Waits.Over(turn, run, PauseBehavior.Fail);
    }

    /// <summary>An approval is due; while the requester changes answers nobody is late.</summary>
    public static void RingDue(Turn turn, TaskNode node, TaskRun run)
    {
        if (!IsDue(turn, run)) return;
        if (node.Task is not Approval approval) Waits.Over(turn, run, PauseBehavior.Fail);
        else if (run.Wait is { Changes: null } wait) approval.WhenDue(turn, run, wait);
    }

    /// <summary>A timer of an earlier pause of the same run rings too soon for this one.</summary>
    private static bool IsDue(Turn turn, TaskRun run) => run.State.Current == State.Paused && run.WakeAt is { } due && due <= turn.Now;
}

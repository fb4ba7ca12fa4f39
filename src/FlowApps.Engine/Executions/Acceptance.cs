using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Executions;

/// <summary>One arm for each command; a refusal, or null when it was taken (also when it changed nothing).</summary>
internal static class Acceptance
{
    public static Decision? Accept(Turn turn, ExecutionCommand command)
    {
        switch (command)
        {
            case Advance: if (!turn.ExecutionState.IsTerminal || turn.State.TaskRuns.OpenCount > 0) Starting.TryRun(turn); return null;
            case TaskStarted c: Reports.Started(turn, c); return null;
            case TaskReported c: Reports.Ended(turn, c); return null;
            case OutsideAnswered c: Reports.Answered(turn, c); return null;
            case DirectoryReported c: Reports.Directory(turn, c); return null;
            case WorkerLost c: Reports.Lost(turn, c); return null;
            case TimerRang c: Ring(turn, c); return null;
            case ChildStarted c: ChildReports.Started(turn, c); return null;
            case ChildRefused c: ChildReports.Refused(turn, c); return null;
            case ChildChanged c: ChildReports.Changed(turn, c); return null;
            case Resume c: return Waits.Answer(turn, c);
            case WaitCommand c: return Questions.Accept(turn, c);
            case Pause c: return Hold(turn, c);
            case Kill c: return Kills.Kill(turn, c);
            case Restart c: return Restarts.Restart(turn, c);
            case ChangeTaskRunState c: return Restarts.Mark(turn, c);
            case ChangeState c: return ChangeEnd(turn, c);
            case ChangeLabels c: return Labels.Change(turn, c);
            case GrantSlot c: return Slots.Grant(turn, c);
            case RefuseSlot c: Slots.Refuse(turn, c.Behavior); return null;
            case ForceRun: return Slots.ForceRun(turn);
            case PassBreakpoint c: return Breakpoints.Pass(turn, c);
            default: throw new InvalidOperationException($"No rule for the command {command.GetType().Name}.");
        }
    }

    private static void Ring(Turn turn, TimerRang timer)
    {
        if (timer.Purpose == "schedule")
        {
            if (turn.ExecutionState == State.Created) Starting.TryRun(turn);
            return;
        }
        if (turn.ExecutionState.IsTerminal && turn.State.TaskRuns.OpenCount == 0) return;
        if (timer.Purpose == "sla") Slas.Ring(turn, timer.Detail);
        else if (turn.ExecutionState != State.Killing && timer.TaskRunId is { } id && turn.State.TaskRuns.Find(id) is { } run && turn.Map.Find(run.TaskId) is { } node)
            Advancing.Guard(turn, run, () => Ring(turn, timer, node, run));
    }

    private static void Ring(Turn turn, TimerRang timer, TaskNode node, TaskRun run)
    {
        switch (timer.Purpose)
        {
            case "retry": Retries.Ring(turn, run, timer.Attempt); break;
            case "delay": Timeouts.RingDelay(turn, node, run, timer.Attempt); break;
            case "timeout": Timeouts.RingPause(turn, run); break;
            case "due": Timeouts.RingDue(turn, node, run); break;
            case "remind" or "escalate": Ladder.Ring(turn, node, run, timer); break;
            case "ballot": Questions.RingBallot(turn, run, timer.Detail); break;
            case "task_timeout": Timeouts.RingTask(turn, node, run, timer.Attempt); break;
            case "loop": Loops.Ring(turn, run); break;
            default: throw new InvalidOperationException($"No rule for a timer called {timer.Purpose}.");
        }
    }

    private static Decision? Hold(Turn turn, Pause command)
    {
        if (turn.State.Held) return null;
        if (turn.ExecutionState != State.Running) return turn.Refused("not_running", $"Only a running execution can be paused; this one is {turn.ExecutionState.Word}.");
        turn.Emit(new ExecutionStateChanged(turn.Now, State.Paused, command.By, Held: true));
        return null;
    }

    private static Decision? ChangeEnd(Turn turn, ChangeState command)
    {
        if (!turn.ExecutionState.IsTerminal) return turn.Refused("not_terminated", $"The status can be changed when the execution has ended; this one is {turn.ExecutionState.Word}.");
        if (!command.State.IsTerminal) return turn.Refused("not_terminal", $"{command.State.Word} is not a state in which an execution ends.");
        turn.Emit(new ExecutionStateChanged(turn.Now, command.State, command.By));
        return null;
    }
}

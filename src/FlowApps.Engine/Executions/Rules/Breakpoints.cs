using FlowApps.Domain.Executions;

namespace FlowApps.Engine.Executions;

/// <summary>An execution stopped at breakpoints goes on.</summary>
internal static class Breakpoints
{
    public static Decision? Pass(Turn turn, PassBreakpoint command)
    {
        var stopped = Advancing.Open(turn, null).Where(run => run.State.Current == State.Breakpoint).ToList();
        if (stopped.Count == 0) return turn.Refused("not_at_breakpoint", $"The execution is not at a breakpoint; it is {turn.ExecutionState.Word}.");
        turn.Emit(new BreakpointsChanged(turn.Now, command.NextBreakpoints, command.By));
        Resting.Wake(turn);
        foreach (var run in stopped) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Created, By: command.By));
        return null;
    }
}

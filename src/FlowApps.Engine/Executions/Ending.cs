using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>The end of an execution: by itself, with the flow's outputs; or at once, whatever is still open.</summary>
internal static class Ending
{
    /// <summary>All work is over: render the flow's outputs, then end (kestra-semantics 9.5).</summary>
    public static void Close(Turn turn, State state)
    {
        string? error = null;
        if (turn.Flow.Outputs.Count > 0 && state != State.Killed && turn.State.Outputs is null)
        {
            try
            {
                turn.Emit(new OutputsSet(turn.Now, FlowOutputs.Render(turn.Flow.Outputs, turn.RenderingFor(null))));
            }
            catch (OutsideAskedException asked)
            {
                turn.Do(new AskOutside(null, [asked.Template]));
                return;
            }
            catch (Exception e) when (e is ExpressionException or FormatException)
            {
                error = $"The outputs of the flow could not be rendered: {e.Message}";
                turn.Log(null, LogLevel.Error, error);
                state = State.Failed;
            }
        }
        if (ChildReports.OutputsAreAsked(turn)) return;
        End(turn, state, null, error);
    }

    /// <summary>Ends now: what is open is stopped. Runs of <paramref name="spared"/> (the one that asked and its parents) end with <paramref name="sparedState"/>.</summary>
    public static void Now(Turn turn, State state, string? by = null, string? error = null, IReadOnlyCollection<string>? spared = null, State sparedState = State.Success)
    {
        turn.Forget();
        foreach (var run in Advancing.Open(turn, null).ToList())
            if (spared?.Contains(run.Id) == true) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, sparedState));
            else Stop(turn, run);
        turn.Forget();
        End(turn, state, by, error);
    }

    /// <summary>Stops one open run, its worker, its child execution, its question.</summary>
    public static void Stop(Turn turn, TaskRun run, bool cascade = true)
    {
        var task = turn.Map.Find(run.TaskId)?.Task;
        if (task is RunnableTask and not ITimedTask) turn.Do(new CancelWork([run.Id]));
        if (task is ChildFlow && cascade) ChildReports.Kill(turn, run);
        if (task is WorkingDirectory) turn.Do(new CollectDirectory(run.Id, Discard: true));
        if (task is WaitingTask && run.State.Current == State.Paused) turn.Do(new CloseWait(new Domain.Approvals.WaitDecision(turn.State.Id, run.Id, "stopped", null, turn.Now)));
        if (Outcomes.HasOpenAttempt(run)) turn.Emit(new AttemptEnded(turn.Now, run.Id, State.Killed, State.Killed));
        else turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Killed));
    }

    private static void End(Turn turn, State state, string? by, string? error)
    {
        turn.Emit(new ExecutionStateChanged(turn.Now, state, by, error));
        if (state == State.Retried) return;
        turn.JustEnded = true;
        turn.Plan(new Look(null));
    }
}

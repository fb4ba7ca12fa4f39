using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>Says what comes next until nothing more can be said.</summary>
internal static class Advancing
{
    public static void ToRest(Turn turn)
    {
        while (turn.TryNext(out var errand))
        {
            if (turn.Steps > turn.Options.StepCeiling)
            {
                if (turn.ExecutionState.IsTerminal) return;
                turn.CountAnew();
                Ending.Now(turn, State.Failed, error: $"The flow took more than {turn.Options.StepCeiling} steps at once; it looks like a loop without an end.");
                continue;
            }
            switch (errand)
            {
                case Begin begin: Beginning.Run(turn, begin.TaskRunId); break;
                case Look { TaskRunId: null } look: TopLevel.Look(turn, look); break;
                case Look look: LookBelow(turn, look); break;
            }
        }
        Resting.Settle(turn);
        Slas.Check(turn);
    }

    /// <summary>Looks at everything that is open, as if nothing were known: after a start, a restart, a crash.</summary>
    public static void LookAtAll(Turn turn)
    {
        foreach (var run in Open(turn, null).ToList())
            turn.Plan(run.State.Current.IsCreated ? new Begin(run.Id) : new Look(run.Id));
        turn.Plan(new Look(null));
    }

    /// <summary>All runs that are not terminal, children before their parents.</summary>
    public static IEnumerable<TaskRun> Open(Turn turn, string? parentId) =>
        turn.State.TaskRuns.OpenChildrenOf(parentId).SelectMany(child => Open(turn, child.Id).Append(child));

    /// <summary>A list run in order besides the main tasks (errors, finally …); true when it is over or there is none.</summary>
    public static bool IsListOver(Turn turn, IReadOnlyList<TaskNode> list, string? parentId)
    {
        foreach (var node in list)
        {
            if (turn.State.TaskRuns.Find(parentId, node.Id) is not { } run)
            {
                Create(turn, new NextRun(node), parentId);
                return false;
            }
            if (!run.State.Current.IsTerminal) return false;
            if (run.State.Current.IsFailed) return true;
        }
        return true;
    }

    public static void Create(Turn turn, NextRun next, string? parentId) =>
        turn.Emit(new TaskRunCreated(turn.Now, turn.NewId(), next.Task.Id, parentId, next.Value, next.Iteration));

    /// <summary>Something could not be rendered or converted: the run fails with the message.</summary>
    public static void Guard(Turn turn, TaskRun run, Action action)
    {
        try
        {
            action();
        }
        catch (OutsideAskedException asked)
        {
            turn.Do(new AskOutside(run.Id, [asked.Template]));
        }
        catch (Exception e) when (e is ExpressionException or FormatException)
        {
            Outcomes.Fail(turn, run.Id, e.Message);
        }
    }

    private static void LookBelow(Turn turn, Look look)
    {
        if (turn.State.Held || turn.State.TaskRuns.Find(look.TaskRunId!) is not { } run || run.State.Current != State.Running) return;
        if (turn.Map.Find(run.TaskId) is not { Task: IFlowable flowable } node) return;
        if (turn.ExecutionState == State.Killing)
        {
            if (turn.State.TaskRuns.FamilyOf(run.Id).OpenCount == 0) Close(turn, node, run, State.Killed);
            return;
        }
        Guard(turn, run, () =>
        {
            if (BegunAgain.Is(run)) Beginning.Enter(turn, node, run, flowable);
            else Continue(turn, node, flowable, run, look);
        });
    }

    private static void Continue(Turn turn, TaskNode node, IFlowable flowable, TaskRun run, Look look)
    {
        var view = new FlowableView(turn, node, run, look.Ended is null ? null : [look.Ended]);
        State? wanted = null;
        if (view.Failed + view.Killed > 0 && !flowable.GoesOnAfterFailure)
        {
            if (!IsListOver(turn, node.Branches.GetValueOrDefault("errors") ?? [], run.Id) || view.Open > 0) return;
        }
        else
        {
            switch (flowable.Next(view))
            {
                case StartTasks start:
                    foreach (var next in start.Runs) Create(turn, next, run.Id);
                    return;
                case AwaitTasks: return;
                case RepeatAfter repeat:
                    Loops.Repeat(turn, run, repeat);
                    return;
                case AskFirst ask:
                    turn.Emit(new TaskRunEntered(turn.Now, run.Id, Plan: ask.Plan));
                    turn.Do(ask.Effect);
                    return;
                case Remember remember:
                    turn.Emit(new TaskRunEntered(turn.Now, run.Id, Plan: remember.Plan));
                    turn.Plan(new Look(run.Id));
                    return;
                case Finished finished: wanted = finished.State; break;
            }
            if (wanted == State.Failed && !IsListOver(turn, node.Branches.GetValueOrDefault("errors") ?? [], run.Id)) return;
        }
        if (!IsListOver(turn, node.Branches.GetValueOrDefault("finally") ?? [], run.Id)) return;
        if (turn.State.TaskRuns.FamilyOf(run.Id).OpenCount > 0) return;
        var state = flowable.GoesOnAfterFailure ? wanted ?? State.Success : Max(wanted, view.Guess());
        if (state != State.Killed && flowable.Result(view, state) is { } result) turn.Emit(new TaskRunEntered(turn.Now, run.Id, result.Outputs, result.Plan));
        Close(turn, node, run, state);
    }

    private static void Close(Turn turn, TaskNode node, TaskRun run, State state)
    {
        if (node.Task is WorkingDirectory && run.Plan?.GetValueOrDefault(WorkingDirectory.Directory) as string != WorkingDirectory.Collected)
            turn.Do(new CollectDirectory(run.Id, Discard: true));
        if (node.Task is AllowFailure && state == State.Failed) state = State.Warning;
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, Outcomes.Soften(node.Task, state)));
    }

    private static State Max(State? wanted, State guessed) => guessed is State.Killed or State.Failed ? guessed : wanted ?? guessed;
}

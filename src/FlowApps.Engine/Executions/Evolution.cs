using System.Collections.Immutable;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;

namespace FlowApps.Engine.Executions;

/// <summary>Folds events into the state of an execution. Total, pure, renders nothing: everything is in the event.</summary>
public static class Evolution
{
    public static Execution Apply(Execution? state, ExecutionEvent e) => (state, e) switch
    {
        (_, ExecutionCreated created) => created.Execution,
        (null, _) => throw new InvalidOperationException($"An execution begins with its creation, not with {e.GetType().Name}."),
        (_, ExecutionStateChanged c) when state.State.Current.IsTerminal && !c.State.IsTerminal =>
            state with { State = state.State.To(c.State, c.At), Error = null, Outputs = null, Answers = Data.Map(), Held = c.Held },
        (_, ExecutionStateChanged c) => state with { State = state.State.To(c.State, c.At), Error = c.Error ?? state.Error, Held = c.Held },
        (_, LabelsChanged c) => state with { Labels = c.Labels },
        (_, VariablesChanged c) => state with { Vars = c.Vars },
        (_, OutputsSet c) => state with { Outputs = c.Outputs },
        (_, BreakpointsChanged c) => state with { Breakpoints = c.Breakpoints },
        (_, AnswersRecorded { TaskRunId: null } c) => state with { Answers = Merge(state.Answers, c.Answers) },
        (_, AnswersRecorded c) => Change(state, c.TaskRunId!, run => run with { Answers = Merge(run.Answers, c.Answers) }),
        (_, TaskRunCreated c) => state with { TaskRuns = state.TaskRuns.Add(Create(c)) },
        (_, TaskRunEntered c) => Change(state, c.TaskRunId, run => run with { State = run.State.To(State.Running, c.At), Outputs = c.Outputs ?? run.Outputs, Plan = c.Plan ?? run.Plan }),
        (_, TaskRunStateChanged c) => Change(state, c.TaskRunId, run => Move(run, c)),
        (_, AttemptStarted c) => Change(state, c.TaskRunId, run => Begin(run, c.At, c.WorkerId)),
        (_, AttemptEnded c) => Change(state, c.TaskRunId, run => End(run, c)),
        (_, ChildExecutionStarted c) => Change(state, c.TaskRunId, run => Link(run, c)),
        (_, ChildExecutionChanged c) => Change(state, c.TaskRunId, run => run with { Children = Children(run).SetItem(c.Index, Children(run)[c.Index] with { State = c.State }), Outputs = c.Outputs ?? run.Outputs }),
        (_, WaitAnswered) => state,
        (_, AnswersEdited c) => Change(state, c.TaskRunId, run => run with { Wait = WaitFolding.Apply(run.Wait, c), WakeAt = c.Due }) with { Inputs = c.Inputs, Answers = Data.Map() },
        (_, WaitEvent c) => Change(state, c.TaskRunId, run => run with { Wait = WaitFolding.Apply(run.Wait, c) }),
        (_, TaskRunsRemoved c) => state with { TaskRuns = c.TaskRunIds.Aggregate(state.TaskRuns, (runs, id) => runs.Remove(id)) },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private static Execution Change(Execution state, string id, Func<TaskRun, TaskRun> change) => state with { TaskRuns = state.TaskRuns.Set(change(state.TaskRuns[id])) };

    private static TaskRun Create(TaskRunCreated c) => new()
    {
        Id = c.TaskRunId,
        TaskId = c.TaskId,
        ParentId = c.ParentId,
        Value = c.Value,
        Iteration = c.Iteration,
        State = c.State == State.Created ? StateTrail.Start(State.Created, c.At) : StateTrail.Start(State.Created, c.At).To(c.State, c.At),
    };

    private static TaskRun Move(TaskRun run, TaskRunStateChanged c) => run with
    {
        State = run.State.To(c.State, c.At),
        Outputs = c.Outputs ?? run.Outputs,
        WakeAt = c.WakeAt,
        Error = c.Error ?? (c.State.IsTerminal ? run.Error : null),
        Answers = c.State is State.Created or State.Restarted or State.Running ? Data.Map() : run.Answers,
        Attempts = c.Attempt && run.Attempts.Count > 0 ? run.Attempts.SetItem(run.Attempts.Count - 1, run.Attempts[^1] with { State = run.Attempts[^1].State.To(c.State, c.At) }) : run.Attempts,
    };

    private static TaskRun Begin(TaskRun run, DateTimeOffset at, string? workerId) => run with
    {
        State = run.State.To(State.Running, at),
        Attempts = run.Attempts.Add(new TaskAttempt(StateTrail.Start(State.Created, at).To(State.Running, at)) { WorkerId = workerId }),
        WakeAt = null,
        Error = null,
    };

    private static TaskRun End(TaskRun run, AttemptEnded c)
    {
        if (run.Attempts.IsEmpty || run.Attempts[^1].State.Current.IsTerminal) run = Begin(run, c.StartedAt ?? c.At, c.WorkerId);
        var last = run.Attempts[^1];
        return run with
        {
            State = run.State.To(c.State, c.At),
            Attempts = run.Attempts.SetItem(run.Attempts.Count - 1, last with { State = last.State.To(c.Outcome, c.At), Error = c.Error, LogFile = c.LogFile ?? last.LogFile, WorkerId = c.WorkerId ?? last.WorkerId }),
            Outputs = c.Outputs ?? run.Outputs,
            WakeAt = c.WakeAt,
        };
    }

    private static TaskRun Link(TaskRun run, ChildExecutionStarted c) => c.Index is { } index
        ? run with { Children = Children(run).SetItem(index, new ChildRun(c.ChildId, State.Created)), Outputs = c.Outputs ?? run.Outputs }
        : run with { ChildExecutionId = c.ChildId, Outputs = c.Outputs ?? run.Outputs };

    private static ImmutableSortedDictionary<int, ChildRun> Children(TaskRun run) => run.Children ?? ImmutableSortedDictionary<int, ChildRun>.Empty;

    private static OrderedDictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> old, IReadOnlyDictionary<string, object?> added)
    {
        var merged = Data.Map();
        foreach (var (key, value) in old) merged[key] = value;
        foreach (var (key, value) in added) merged[key] = value;
        return merged;
    }
}

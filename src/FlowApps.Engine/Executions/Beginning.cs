using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;
using FlowApps.Engine.FlowTests;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Begins a created or restarted task run: guards first, then by kind.</summary>
internal static class Beginning
{
    public static void Run(Turn turn, string taskRunId)
    {
        if (turn.State.TaskRuns.Find(taskRunId) is not { } run || !run.State.Current.IsCreated) return;
        if (turn.Map.Find(run.TaskId) is not { } node)
        {
            Outcomes.Fail(turn, run.Id, $"The task '{run.TaskId}' does not exist in revision {turn.Flow.Revision} of the flow.");
            return;
        }
        if (!MayRun(turn, node)) return;
        Advancing.Guard(turn, run, () =>
        {
            if (IsSkipped(turn, node.Task, run)) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Skipped));
            else if (StopsHere(turn, run)) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Breakpoint));
            else Dispatch(turn, node, run);
        });
    }

    private static bool MayRun(Turn turn, TaskNode node) => turn.ExecutionState switch
    {
        State.Running or State.Paused or State.Retrying or State.Breakpoint => !turn.State.Held,
        var state => state.IsTerminal && node.FlowSection is Section.AfterExecution or Section.Listeners,
    };

    private static bool IsSkipped(Turn turn, TaskDefinition task, TaskRun run) =>
        task.RunIf is { } condition && run.Attempts.IsEmpty && run.State.Histories.Length == 1 && !turn.RenderingFor(run).Truthy(condition);

    /// <summary>Breakpoints name a task, or a task and its loop value (<c>task.value</c>).</summary>
    private static bool StopsHere(Turn turn, TaskRun run) =>
        turn.State.Breakpoints.Count > 0 && run.State.Histories.All(h => h.State != State.Breakpoint) &&
        turn.State.Breakpoints.Any(at => at == run.TaskId || (run.Value is not null && at == $"{run.TaskId}.{run.Value}"));

    private static void Dispatch(Turn turn, TaskNode node, TaskRun run)
    {
        if (turn.State.Fixtures?.FirstOrDefault(fixture => fixture.StandsFor(run)) is { } fixture)
        {
            StandIns.End(turn, node, run, fixture);
            return;
        }
        switch (node.Task)
        {
            case ITimedTask timed: Timeouts.Sleep(turn, node.Task, run, timed.DelayOf(turn.RenderingFor(run))); break;
            case RunnableTask: turn.Do(new RunTask(run.Id, run.Attempts.Count + 1)); break;
            case IFlowable flowable: Enter(turn, node, run, flowable); break;
            default: Outcomes.Fail(turn, run.Id, $"Nothing knows how to run a task of type {node.Task.Type}."); break;
        }
    }

    public static void Enter(Turn turn, TaskNode node, TaskRun run, IFlowable flowable)
    {
        var entry = flowable.Enter(new FlowableView(turn, node, run, null));
        if (BegunAgain.Is(run) && entry.Plan is null) entry = entry with { Plan = Data.Map() };
        if (entry.State == State.Failed)
        {
            Outcomes.Fail(turn, run.Id, entry.Error ?? "The task could not begin.", entry.Outputs);
            return;
        }
        if (entry.Attempt) turn.Emit(new AttemptStarted(turn.Now, run.Id));
        if (!entry.Attempt || entry.Outputs is not null || entry.Plan is not null) turn.Emit(new TaskRunEntered(turn.Now, run.Id, entry.Outputs, entry.Plan));
        if (entry.Wait is { } wait) Questions.Open(turn, run.Id, wait);
        foreach (var effect in entry.Effects) turn.Do(effect);
        if (entry.State == State.Paused) turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Paused, WakeAt: entry.WakeAt));
        if (entry.Aside is { } aside) Advancing.Create(turn, new NextRun(aside), run.Id);
        if (entry.State == State.Success) Outcomes.EndAttempt(turn, node, turn.State.TaskRuns[run.Id], new AttemptReport(State.Success));
        else if (entry.State == State.Running) turn.Plan(new Look(run.Id));
    }
}

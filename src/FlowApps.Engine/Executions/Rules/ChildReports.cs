using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>Between an execution and the task run of its parent that started it (kestra-semantics 5.3, 5.5).</summary>
internal static class ChildReports
{
    public const string IndexKey = "taskRunIteration";
    public const string OutputsKey = "subflowOutputs";
    private const string RunKey = "taskRunId";
    private const string ExecutionKey = "executionId";

    /// <summary>The child's side: tell the parent what it cares about.</summary>
    public static void ToParent(Turn turn, State state)
    {
        if (Parent(turn.State) is not var (executionId, runId, index)) return;
        if (state is State.Retried || !(state.IsTerminal || state is State.Paused or State.Running)) return;
        if (state == State.Running && turn.State.State.Histories.All(h => h.State != State.Paused)) return;
        var (outputs, error) = state.IsTerminal ? OutputsFor(turn) : (null, null);
        turn.Do(new SendCommand(executionId, new ChildChanged(runId, turn.State.Id, state, outputs, index) { Error = error }));
    }

    public static bool HasParent(Turn turn) => Parent(turn.State) is not null;

    /// <summary>A retry goes on in another execution: the parent now waits for that one.</summary>
    public static void HandOver(Turn turn, string successorId)
    {
        if (Parent(turn.State) is var (executionId, runId, index)) turn.Do(new SendCommand(executionId, new ChildStarted(runId, successorId, index)));
    }

    /// <summary>True while outputs that the parent's Subflow wants rendered here need an answer from outside.</summary>
    public static bool OutputsAreAsked(Turn turn)
    {
        try
        {
            if (turn.State.Trigger?.Variables.GetValueOrDefault(OutputsKey) is { } wanted) turn.RenderingFor(null).Deep(wanted);
        }
        catch (OutsideAskedException asked)
        {
            turn.Do(new AskOutside(null, [asked.Template]));
            return true;
        }
        catch (ExpressionException)
        {
            return false;
        }
        return false;
    }

    public static void Started(Turn turn, ChildStarted command)
    {
        if (Open(turn, command.TaskRunId) is not var (node, run)) return;
        var task = (ChildFlow)node.Task;
        if (command.Index is { } index)
        {
            var known = run.Children?.GetValueOrDefault(index);
            if (known?.Id == command.ChildId) return;
            turn.Emit(new ChildExecutionStarted(turn.Now, run.Id, command.ChildId, index));
            if (!Waits(task)) ItemEnded(turn, node, run.Id, index, State.Success, "RUNNING");
            return;
        }
        if (run.ChildExecutionId == command.ChildId) return;
        var outputs = Domain.Values.Data.Map(("executionId", command.ChildId));
        turn.Emit(new ChildExecutionStarted(turn.Now, run.Id, command.ChildId, null, outputs));
        if (!task.Wait) Outcomes.EndAttempt(turn, node, turn.State.TaskRuns[run.Id], new AttemptReport(State.Success, Domain.Values.Data.Map(("executionId", command.ChildId), ("state", State.Created.Word))));
    }

    public static void Refused(Turn turn, ChildRefused command)
    {
        if (Open(turn, command.TaskRunId) is not var (node, run)) return;
        turn.Log(run.Id, LogLevel.Error, command.Message);
        if (command.Index is { } index)
        {
            if (run.Children?.GetValueOrDefault(index) is { State.IsTerminal: true }) return;
            turn.Emit(new ChildExecutionStarted(turn.Now, run.Id, "", index));
            ItemEnded(turn, node, run.Id, index, State.Failed, Waits((ChildFlow)node.Task) ? "CREATED" : "RUNNING");
        }
        else Outcomes.EndAttempt(turn, node, run, new AttemptReport(State.Failed, Error: command.Message));
    }

    public static void Changed(Turn turn, ChildChanged command)
    {
        if (Open(turn, command.TaskRunId) is not var (node, run)) return;
        var task = (ChildFlow)node.Task;
        if (command.Index is { } index)
        {
            if (run.Children?.GetValueOrDefault(index) is not { } child || child.State.IsTerminal || child.Id != command.ChildId || !command.State.IsTerminal) return;
            ItemEnded(turn, node, run.Id, index, command.State, "CREATED");
            return;
        }
        if (run.ChildExecutionId != command.ChildId) return;
        if (!command.State.IsTerminal)
        {
            if (!task.TransmitFailed || run.State.Current == command.State) return;
            if (command.State == State.Running) Resting.Wake(turn);
            turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, command.State));
            return;
        }
        Resting.Wake(turn);
        var outputs = Domain.Values.Data.Map(("executionId", command.ChildId), ("state", command.State.Word));
        if (command.Outputs is not null) outputs["outputs"] = command.Outputs;
        if (command.Error is not null) turn.Log(run.Id, LogLevel.Error, $"The outputs of the subflow could not be rendered: {command.Error}");
        var state = command.Error is not null ? State.Failed : Transmitted(task, command.State);
        Outcomes.EndAttempt(turn, node, run, new AttemptReport(state, outputs, command.Error ?? (state == State.Failed ? $"The subflow execution {command.ChildId} ended {command.State.Word}." : null)));
    }

    public static void Kill(Turn turn, TaskRun run)
    {
        if (run.ChildExecutionId is { } child) turn.Do(new SendCommand(child, new Kill(null, true)));
        foreach (var item in run.Children?.Values ?? [])
            if (!item.State.IsTerminal && item.Id.Length > 0) turn.Do(new SendCommand(item.Id, new Kill(null, true)));
    }

    private static (TaskNode, TaskRun)? Open(Turn turn, string runId) =>
        turn.State.TaskRuns.Find(runId) is { } run && !run.State.Current.IsTerminal && Outcomes.HasOpenAttempt(run) && turn.Map.Find(run.TaskId) is { Task: ChildFlow } node
            ? (node, run) : null;

    private static State Transmitted(ChildFlow task, State child) =>
        task.TransmitFailed && child is State.Failed or State.Killed or State.Warning ? child : State.Success;

    private static bool Waits(ChildFlow task) => task is ForEachItemBatches batches ? batches.Source.Wait : task.Wait;

    private static void ItemEnded(Turn turn, TaskNode node, string runId, int index, State state, string from)
    {
        var run = turn.State.TaskRuns[runId];
        turn.Emit(new ChildExecutionChanged(turn.Now, run.Id, index, state, ItemCounts.Move(run.Outputs!, from, state.Word)));
        run = turn.State.TaskRuns[run.Id];
        var counts = (IReadOnlyDictionary<string, object?>)run.Outputs!["iterations"]!;
        int Count(string word) => Convert.ToInt32(counts.GetValueOrDefault(word) ?? 0, CultureInfo.InvariantCulture);
        if (Count("CREATED") + Count("RUNNING") > 0) return;
        var transmit = ((ForEachItemBatches)node.Task).Source.TransmitFailed;
        var end = !transmit ? State.Success : Count("FAILED") > 0 ? State.Failed : Count("KILLED") > 0 ? State.Killed : Count("WARNING") > 0 ? State.Warning : State.Success;
        Outcomes.EndAttempt(turn, node, run, new AttemptReport(end));
    }

    private static (IReadOnlyDictionary<string, object?>? Outputs, string? Error) OutputsFor(Turn turn)
    {
        if (turn.State.Trigger?.Variables.GetValueOrDefault(OutputsKey) is not { } wanted) return (turn.State.Outputs, null);
        try
        {
            return ((IReadOnlyDictionary<string, object?>?)turn.RenderingFor(null).Deep(wanted), null);
        }
        catch (Exception e) when (e is ExpressionException or OutsideAskedException)
        {
            return (null, e.Message);
        }
    }

    private static (string ExecutionId, string RunId, int? Index)? Parent(Execution child) =>
        child.Trigger?.Variables is { } v && v.GetValueOrDefault(RunKey) is string run && v.GetValueOrDefault(ExecutionKey) is string execution
            ? (execution, run, v.GetValueOrDefault(IndexKey) is { } index ? Convert.ToInt32(index, CultureInfo.InvariantCulture) : null)
            : null;
}

using System.Collections.Immutable;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;
using FlowApps.Runtime.Flows;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// What an execution would have been told by rows that are gone (work, timers, letters): found from its own state. Empty when it rightly waits for a person or a slot.
/// Every command here is harmless if it was told already.
/// </summary>
internal sealed class LostWakers(ExecutionReader reader, FlowRegistry flows, TimeProvider clock)
{
    public async Task<IReadOnlyList<ExecutionCommand>> OfAsync(string executionId, CancellationToken cancellation)
    {
        if (await reader.TryCertainAsync(executionId, cancellation) is not ({ State: var execution }, _) || execution.IsSettled || Rests(execution)) return [];
        var flow = await flows.OfAsync(execution, cancellation);
        var commands = new List<ExecutionCommand> { new Advance() };
        foreach (var run in execution.TaskRuns)
            if (!run.State.Current.IsTerminal) await AddAsync(commands, flow, run, cancellation);
        return commands;
    }

    private static bool Rests(Execution execution) => execution.Held || execution.State.Current is State.Queued or State.Breakpoint;

    private async Task AddAsync(List<ExecutionCommand> commands, Flow flow, TaskRun run, CancellationToken cancellation)
    {
        var task = FlowMap.Of(flow).Find(run.TaskId)?.Task;
        var attempts = run.Attempts.Count;
        if (task is RunnableTask && run.State.Current == State.Running && attempts > 0) commands.Add(new WorkerLost(run.Id, attempts));
        if (run.WakeAt <= clock.GetUtcNow())
        {
            if (run.State.Current == State.Retrying) commands.Add(new TimerRang("retry", run.Id, attempts));
            else if (task is RepeatingTask) commands.Add(new TimerRang("loop", run.Id, null));
        }
        if (run.ChildExecutionId is { Length: > 0 } child) await AddAsync(commands, run, child, null, cancellation);
        foreach (var (index, item) in run.Children ?? ImmutableSortedDictionary<int, ChildRun>.Empty)
            if (!item.State.IsTerminal && item.Id.Length > 0) await AddAsync(commands, run, item.Id, index, cancellation);
    }

    /// <summary>A child that has ended says so again; one that is gone has ended as killed.</summary>
    private async Task AddAsync(List<ExecutionCommand> commands, TaskRun run, string childId, int? index, CancellationToken cancellation)
    {
        var (found, isReadable) = await reader.TryCertainAsync(childId, cancellation);
        if (!isReadable) return;
        var child = found?.State;
        if (child is null) commands.Add(new ChildChanged(run.Id, childId, State.Killed, null, index));
        else if (child.IsSettled) commands.Add(new ChildChanged(run.Id, childId, child.State.Current, child.Outputs, index));
    }
}

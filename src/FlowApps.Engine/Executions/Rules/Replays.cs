using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;
using Parallel = FlowApps.Engine.Tasks.Parallel;

namespace FlowApps.Engine.Executions;

/// <summary>A new execution from an old one (kestra-semantics 11): from the start, from one task run on, or a restart on another revision.</summary>
internal static class Replays
{
    /// <summary>The new execution without task runs.</summary>
    public static Execution Fresh(Execution old, Flow flow, IReadOnlyDictionary<string, object?>? inputs, Moment moment) => old with
    {
        Id = moment.NewId(),
        FlowRevision = flow.Revision,
        State = StateTrail.Start(State.Created, moment.Now),
        Inputs = inputs ?? old.Inputs,
        Outputs = null,
        Vars = null,
        TaskRuns = TaskRunList.Empty,
        ParentId = old.Id,
        OriginalId = old.OriginalId ?? old.Id,
        AttemptNumber = 1,
        OriginalCreatedDate = null,
        ScheduleDate = null,
        Answers = Domain.Values.Data.Map(),
        Error = null,
        Held = false,
        Breakpoints = [],
    };

    /// <summary>Keeps what came before a task run; that run begins again, the ones around it run. Null: no such task run.</summary>
    public static Execution? From(Execution old, Flow flow, string taskRunId, Flow target, IReadOnlyDictionary<string, object?>? inputs, Moment moment)
    {
        if (old.TaskRuns.Find(taskRunId) is not { } from) return null;
        var map = FlowMap.Of(flow);
        var gone = new HashSet<string>(old.TaskRuns.DescendantsOf(from.Id).Select(run => run.Id), StringComparer.Ordinal);
        foreach (var level in old.TaskRuns.WithAncestors(from))
            foreach (var sibling in old.TaskRuns.ChildrenOf(level.ParentId).Where(s => s.Id != level.Id && ComesAfter(map, level, s)))
            {
                gone.Add(sibling.Id);
                gone.UnionWith(old.TaskRuns.DescendantsOf(sibling.Id).Select(run => run.Id));
            }
        var around = old.TaskRuns.WithAncestors(from).Skip(1).Select(run => run.Id).ToHashSet(StringComparer.Ordinal);
        var kept = old.TaskRuns.Where(run => !gone.Contains(run.Id));
        var targetMap = FlowMap.Of(target);
        return Copy(Fresh(old, target, inputs, moment) with { Vars = old.Vars }, old, kept, moment, run =>
            around.Contains(run.Id) ? Again(run, State.Running, moment)
            : run.Id != from.Id ? run
            : targetMap.Find(run.TaskId)?.Task is FlowableTask and not (ChildFlow or WaitingTask or WorkingDirectory) ? Again(run, State.Running, moment) with { Plan = BegunAgain.Mark, Outputs = null }
            : Again(run, State.Restarted, moment) with { ChildExecutionId = null, Children = null });
    }

    /// <summary>The state after a restart in place, as a new execution with new task run ids.</summary>
    public static Execution Onto(Execution restarted, Flow target, Moment moment) =>
        Copy(Fresh(restarted, target, null, moment) with { Vars = restarted.Vars, State = restarted.State }, restarted, restarted.TaskRuns, moment,
            run => run.State.Current == State.Restarted ? run with { ChildExecutionId = null, Children = null } : run);

    private static Execution Copy(Execution fresh, Execution old, IEnumerable<TaskRun> runs, Moment moment, Func<TaskRun, TaskRun> change)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var list = TaskRunList.Empty;
        foreach (var run in runs)
        {
            ids[run.Id] = moment.NewId();
            list = list.Add(change(run) with { Id = ids[run.Id], ParentId = run.ParentId is null ? null : ids[run.ParentId] });
        }
        var state = old.State.Current == State.Restarted ? old.State : old.State.To(State.Restarted, moment.Now);
        return fresh with { TaskRuns = list, State = state };
    }

    private static TaskRun Again(TaskRun run, State state, Moment moment) => run with { State = run.State.To(state, moment.Now), Answers = Domain.Values.Data.Map(), WakeAt = null, Error = null };

    /// <summary>
    /// Whether a sibling came because <paramref name="level"/> had ended. In a loop that goes value by value, the order is by task first, then by value: outputs of earlier tasks stay
    /// for all values.
    /// </summary>
    private static bool ComesAfter(FlowMap map, TaskRun level, TaskRun sibling)
    {
        if (map.Find(level.TaskId) is not { } node || map.Find(sibling.TaskId) is not { } other) return false;
        if (node.Section != other.Section) return other.Section > node.Section;
        return node.Parent?.Task switch
        {
            Parallel or EachParallel => false,
            Dag dag => Waits(dag, other.Id, node.Id),
            ForEach { ConcurrencyLimit: not 1 } => sibling.Value == level.Value && other.Index > node.Index,
            Loop loop => other.Task is LoopStore || (loop.ConcurrencyLimit == 1 && sibling.Iteration > level.Iteration),
            ValueLoop => other.Index > node.Index || (other.Index == node.Index && sibling.Iteration > level.Iteration),
            _ => other.Index > node.Index,
        };
    }

    private static bool Waits(Dag dag, string task, string forTask) =>
        dag.Predecessors.GetValueOrDefault(task) is { } needed && needed.Any(id => id == forTask || Waits(dag, id, forTask));
}

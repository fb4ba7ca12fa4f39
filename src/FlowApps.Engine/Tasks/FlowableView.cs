using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>What a flowable sees when it decides: its own run, its main children, rendering, the time.</summary>
public sealed class FlowableView
{
    private static readonly IReadOnlyList<TaskNode> None = [];
    private readonly Turn turn;
    private readonly TaskRun? run;
    private readonly IReadOnlyList<TaskNode> side;
    private readonly IReadOnlyList<string>? touched;
    private Rendering? rendering;

    internal FlowableView(Turn turn, TaskNode? node, TaskRun? run, IReadOnlyList<string>? touched)
    {
        (this.turn, this.run, this.touched) = (turn, run, touched);
        side = node is null ? turn.Map.SideTasks : node.SideChildren;
        Node = node;
        var family = turn.State.TaskRuns.FamilyOf(run?.Id);
        (Total, Open) = (family.Count, family.OpenCount);
        Failed = family.CountOf(State.Failed);
        Killed = family.CountOf(State.Killed);
        Warning = family.CountOf(State.Warning);
        foreach (var task in side)
        {
            if (turn.State.TaskRuns.Find(run?.Id, task.Id) is not { } aside) continue;
            var state = aside.State.Current;
            Total--;
            if (!state.IsTerminal) Open--;
            else if (state == State.Failed) Failed--;
            else if (state == State.Killed) Killed--;
            else if (state == State.Warning) Warning--;
        }
    }

    /// <summary>The flowable's own place; null at the top level of the flow.</summary>
    public TaskNode? Node { get; }

    public TaskRun Run => run ?? throw new InvalidOperationException("The top level has no run.");

    public Execution Execution => turn.State;

    public Domain.Flows.Flow Flow => turn.Flow;

    public DateTimeOffset Now => turn.Now;

    public EngineOptions Options => turn.Options;

    /// <summary>Main children: all, not terminal, and terminal ones by state.</summary>
    public int Total { get; }
    public int Open { get; }
    public int Failed { get; }
    public int Killed { get; }
    public int Warning { get; }

    /// <summary>The main child that was created last.</summary>
    public TaskRun? LastChild
    {
        get
        {
            var runs = turn.State.TaskRuns;
            var last = runs.LastChildOf(run?.Id);
            if (last is null || side.Count == 0 || !IsSide(last)) return last;
            return runs.ChildrenOf(run?.Id).LastOrDefault(child => !IsSide(child));
        }
    }

    /// <summary>Main children that ended since the last look; all that have ended when the look is a fresh one.</summary>
    public IEnumerable<TaskRun> Ended =>
        (touched is null ? turn.State.TaskRuns.ChildrenOf(run?.Id) : touched.Select(turn.State.TaskRuns.Find).OfType<TaskRun>())
        .Where(child => child.State.Current.IsTerminal && !IsSide(child));

    public Rendering Render => rendering ??= turn.RenderingFor(run);

    public IReadOnlyList<TaskNode> Branch(string name) => Node?.Branches.GetValueOrDefault(name) ?? None;

    public TaskRun? Child(string taskId, string? value = null) => turn.State.TaskRuns.Find(run?.Id, taskId, value);

    public TaskNode? NodeOf(TaskRun child) => turn.Map.Find(child.TaskId);

    public string NewId() => turn.NewId();

    /// <summary>The state that the main children give (kestra-semantics 4.5), before allowFailure and allowWarning.</summary>
    public State Guess() => Killed > 0 ? State.Killed : Failed > 0 ? State.Failed : Warning > 0 ? State.Warning : State.Success;

    private bool IsSide(TaskRun child) => side.Count > 0 && side.Any(node => node.Id == child.TaskId);
}

using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>One iteration of a <see cref="Loop"/>: its tasks in order, its own errors and finally, and the outputs that the loop declares.</summary>
public sealed record LoopIteration : FlowableTask, IFlowable
{
    private const string Breaks = "breaks";
    private readonly Loop source = null!;

    public required Loop Source
    {
        get => source;
        init => (source, Errors, Finally) = (value, value.Errors, value.Finally);
    }

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch("tasks"));

    /// <summary>The loop shall not go on after this iteration.</summary>
    internal static bool Broke(TaskRun iteration) => iteration.Plan?.GetValueOrDefault(Breaks) is true;

    /// <summary>A failed iteration gives nothing, but may still be the one to break at.</summary>
    public RunResult? Result(FlowableView view, State state)
    {
        var outputs = state.IsFailed || Source.Outputs.Count == 0 ? null : FlowOutputs.Render(Source.Outputs, view.Render);
        if (Source.BreakWhen is not { } condition) return outputs is null ? null : new RunResult(outputs);
        var iteration = Data.Map(("executionId", view.Execution.Id), ("state", state.Word), ("outputs", outputs));
        return new RunResult(outputs, view.Render.With("iteration", iteration).Truthy(condition.ToString()) ? Data.Map((Breaks, true)) : null);
    }

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Source.Tasks)];
}

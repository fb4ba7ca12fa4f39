using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs <c>then</c> or <c>else</c>, by a condition that is rendered once when the task begins.</summary>
[Plugin("core.flow.If", "io.kestra.core.tasks.flows.If", Icon = "arrow-ramp-right")]
public sealed record If : FlowableTask, IFlowable
{
    private const string Result = "evaluationResult";

    /// <summary>False when it renders to false, 0, -0 or nothing.</summary>
    public required Property<string> Condition { get; init; }

    /// <summary>The tasks when the condition holds.</summary>
    public required IReadOnlyList<TaskDefinition> Then { get; init; }

    /// <summary>The tasks when it does not.</summary>
    public IReadOnlyList<TaskDefinition> Else { get; init; } = [];

    public Entry Enter(FlowableView view) => new() { Outputs = Data.Map((Result, view.Render.Truthy(Condition.ToString()))) };

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch(view.Run.Outputs?.GetValueOrDefault(Result) is true ? "then" : "else"));

    protected override IEnumerable<TaskBranch> OwnBranches()
    {
        yield return new("then", Then);
        if (Else.Count > 0) yield return new("else", Else);
    }
}

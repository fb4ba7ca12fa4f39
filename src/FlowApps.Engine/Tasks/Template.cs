using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs the tasks of a stored template (old; a Subflow does better).</summary>
[Plugin("core.flow.Template", "io.kestra.core.tasks.flows.Template", Deprecated = true, Icon = "template")]
public sealed record Template : FlowableTask, IFlowable
{
    /// <summary>The template's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The template's id.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Given to the template's tasks as <c>parent.outputs.args</c>.</summary>
    public IReadOnlyDictionary<string, object?>? Args { get; init; }

    /// <summary>The template's tasks, filled in when the flow is made ready to run (see <see cref="Flows.Templates"/>); null: no such template.</summary>
    [NotWritten]
    public IReadOnlyList<TaskDefinition>? Tasks { get; init; }

    public Entry Enter(FlowableView view) => Tasks is null
        ? Entry.Failed($"Can't find flow template '{Namespace}.{TemplateId}'")
        : new Entry { Outputs = Args is null ? null : Data.Map(("args", view.Render.Deep(Args))) };

    public NextStep Next(FlowableView view) => InOrder.Next(view, view.Branch("tasks"));

    protected override IEnumerable<TaskBranch> OwnBranches() => [new("tasks", Tasks ?? [])];
}

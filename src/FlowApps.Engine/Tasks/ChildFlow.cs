using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>A task that starts executions of another flow (kestra-semantics 5.3, 5.5).</summary>
public abstract record ChildFlow : FlowableTask
{
    /// <summary>The other flow's namespace.</summary>
    public required Property<string> Namespace { get; init; }

    /// <summary>The other flow's id.</summary>
    public required Property<string> FlowId { get; init; }

    /// <summary>The revision to run; the newest when absent.</summary>
    public int? Revision { get; init; }

    /// <summary>Inputs of the other flow.</summary>
    public IReadOnlyDictionary<string, object?>? Inputs { get; init; }

    /// <summary>Labels of the new execution.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Whether to wait for its end.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Whether its failure is this task's failure.</summary>
    public bool TransmitFailed { get; init; } = true;

    /// <summary>Whether the labels of this execution are passed on.</summary>
    public Property<bool>? InheritLabels { get; init; }

    /// <summary>When the new execution shall start.</summary>
    public Property<DateTimeOffset>? ScheduleDate { get; init; }

    /// <summary>The child to start for a task run; <paramref name="render"/> sees the variables of that run.</summary>
    internal StartChild Child(FlowableView view, Rendering render, int? index, IReadOnlyDictionary<string, object?>? outputs)
    {
        var parent = view.Execution;
        var variables = Data.Map(("executionId", parent.Id), ("namespace", parent.Namespace), ("flowId", parent.FlowId), ("flowRevision", parent.FlowRevision),
            ("taskRunId", view.Run.Id), ("taskId", view.Run.TaskId));
        if (view.Run.Value is not null) variables["taskRunValue"] = view.Run.Value;
        if (index is not null) variables[ChildReports.IndexKey] = index;
        if (outputs is not null) variables[ChildReports.OutputsKey] = outputs;
        var child = new FlowId(render.Property(Namespace) ?? "", render.Property(FlowId) ?? "");
        return new StartChild(view.Run.Id, view.NewId(), child, Revision, (IReadOnlyDictionary<string, object?>?)render.Deep(Inputs) ?? Data.Map(),
            LabelsFor(parent, render), new ExecutionTrigger(Id, TriggerType, variables), ScheduleDate is null ? null : render.Property(ScheduleDate), Wait, index);
    }

    protected abstract string TriggerType { get; }

    /// <summary>System labels are always passed on, so that the correlation id is the one of the topmost execution.</summary>
    private List<Label> LabelsFor(Execution parent, Rendering render)
    {
        var all = render.Property(InheritLabels);
        return [.. parent.Labels.Where(label => all || label.Key.StartsWith("system.", StringComparison.Ordinal)), .. Labels.Select(label => new Label(render.Text(label.Key)!, render.Text(label.Value)))];
    }
}

using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Triggers;

namespace FlowApps.Runtime.Executions;

/// <summary>From what was asked to an execution ready to begin: the flow found, inputs typed, checks made, labels sorted.</summary>
internal sealed class ExecutionStarts(FlowRegistry flows, InputReading inputs, FlowChecks checks)
{
    private const string SystemPrefix = "system.";
    private const string CorrelationId = "system.correlationId";

    /// <summary>Errors: NotFound, Conflict (disabled), Invalid with one problem per wrong input, label or check.</summary>
    public async ValueTask<NewStart> FromAsync(StartExecution start, string id, CancellationToken cancellation)
    {
        var flow = await FindAsync(start.Flow, start.Revision, cancellation);
        foreach (var label in start.Labels)
            if (label.Key.StartsWith(SystemPrefix, StringComparison.Ordinal))
                throw RefusedException.Invalid("system_label", $"System labels can only be set by Kestra itself, offending label: {label.Key}={label.Value}");
        return Ready(flow, start.Inputs, new NewExecution(id)
        {
            Labels = start.Labels,
            SystemLabels = start.SystemLabels,
            ScheduleDate = start.ScheduleDate,
            Breakpoints = start.Breakpoints,
            Kind = start.Kind,
            Fixtures = start.Fixtures,
            Trigger = start.Trigger,
            By = start.By,
        });
    }

    /// <summary>A child of a Subflow or ForEachItem task. Errors: refused; the parent's task run fails with the message.</summary>
    public async ValueTask<NewStart> ChildAsync(Execution parent, StartChild child, CancellationToken cancellation)
    {
        var flow = await FindAsync(child.Flow, child.Revision, cancellation);
        return Ready(flow, child.Inputs, new NewExecution(child.ChildId)
        {
            Labels = [.. child.Labels.Where(label => !IsSystem(label))],
            SystemLabels = Correlated(child.Labels.Where(IsSystem), parent),
            ScheduleDate = child.ScheduleDate,
            Kind = parent.Kind == ExecutionKind.Test ? ExecutionKind.Test : ExecutionKind.Normal,
            Trigger = child.Trigger,
            By = parent.CreatedBy,
        });
    }

    /// <summary>
    /// An execution that a trigger starts. Errors: refused, for wrong inputs and checks. A Flow trigger that names no inputs starts its flow with the defaults only,
    /// whatever is missing.
    /// </summary>
    public NewStart Triggered(TriggerFinding found, IReadOnlyDictionary<string, object?> given, IReadOnlyList<Label> labels)
    {
        var start = new NewExecution(found.ExecutionId) { Labels = labels, SystemLabels = Correlated([], found.Upstream), Trigger = found.Mark, Variables = found.Roots };
        return found.Upstream is not null && given.Count == 0 ? Checked(found.Flow, start with { Inputs = inputs.ReadDefaults(found.Flow, start) }) : Ready(found.Flow, given, start);
    }

    /// <summary>An execution that ends FAILED as it begins, so that people see why a trigger did not work.</summary>
    public static NewStart Failed(TriggerFinding found, string error) =>
        Begin(found.Flow, new NewExecution(found.ExecutionId) { Labels = found.Labels, SystemLabels = Correlated([], found.Upstream), Trigger = found.Mark, EndState = State.Failed, Error = error });

    private NewStart Ready(Flow flow, IReadOnlyDictionary<string, object?> given, NewExecution start) => Checked(flow, start with { Inputs = inputs.Read(flow, given, start) });

    private NewStart Checked(Flow flow, NewExecution start)
    {
        foreach (var check in checks.Failing(flow, () => inputs.ScopeOf(flow, start)))
        {
            if (check.Behavior == CheckBehavior.BlockExecution) throw RefusedException.Invalid("check", check.Message);
            if (check.Behavior == CheckBehavior.FailExecution) start = start with { EndState = State.Failed, Error = check.Message };
        }
        return Begin(flow, start);
    }

    private async ValueTask<Flow> FindAsync(FlowId key, int? revision, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(key, revision, cancellation) ?? throw RefusedException.NotFound(revision is null ? $"There is no flow {key}." : $"There is no revision {revision} of the flow {key}.");
        return flow.Disabled ? throw RefusedException.Conflict("flow_disabled", $"The flow {key} is disabled. Enable it to start it.") : flow;
    }

    private static NewStart Begin(Flow flow, NewExecution start) => new(flow, (decider, moment) => decider.Create(flow, start, moment));

    private static IReadOnlyList<Label> Correlated(IEnumerable<Label> system, Execution? origin)
    {
        var labels = system.ToList();
        if (origin is null || labels.Exists(label => label.Key == CorrelationId)) return labels;
        labels.Add(origin.Labels.FirstOrDefault(label => label.Key == CorrelationId) ?? new Label(CorrelationId, origin.Id));
        return labels;
    }

    private static bool IsSystem(Label label) => label.Key.StartsWith(SystemPrefix, StringComparison.Ordinal);
}

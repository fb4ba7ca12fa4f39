using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Outside;

namespace FlowApps.Runtime.Executions;

/// <summary>Resolves what was given for inputs, with everything their defaults and conditions may look at.</summary>
internal sealed class InputReading(InputResolver resolver, Surroundings surroundings, OutsideStores stores, ICipher cipher, TimeProvider clock)
{
    /// <summary>Typed values by id. Errors: Invalid with every wrong input.</summary>
    public IReadOnlyDictionary<string, object?> Read(Flow flow, IReadOnlyDictionary<string, object?> given, NewExecution start) =>
        flow.Inputs.Count == 0 ? Data.Map() : Typed(Resolve(flow, given, Draft(flow, start)));

    /// <summary>Only what needs no answer: inputs with a default.</summary>
    public IReadOnlyDictionary<string, object?> ReadDefaults(Flow flow, NewExecution start) =>
        InputResolver.ToMap(Resolve(flow, Data.Map(), Draft(flow, start)).Where(input => input.Errors.Count == 0 && input.Value is not null));

    public IReadOnlyList<ResolvedInput> Resolve(Flow flow, IReadOnlyDictionary<string, object?> given, string id) =>
        Resolve(flow, given, Draft(flow, new NewExecution(id)));

    /// <summary>Answers to a paused task run's <c>onResume</c>.</summary>
    public IReadOnlyList<ResolvedInput> Resolve(Flow flow, Execution execution, TaskRun run, IReadOnlyList<InputDefinition> asked, IReadOnlyDictionary<string, object?> given) =>
        resolver.Resolve(asked, given, ScopeOf(flow, execution, run), cipher.Encrypt);

    /// <summary>Errors: Invalid with every wrong input.</summary>
    public static IReadOnlyDictionary<string, object?> Typed(IReadOnlyList<ResolvedInput> resolved)
    {
        var problems = resolved.SelectMany(input => input.Errors).ToList();
        return problems.Count == 0 ? InputResolver.ToMap(resolved) : throw new RefusedException(RefusalKind.Invalid, problems);
    }

    private IReadOnlyList<ResolvedInput> Resolve(Flow flow, IReadOnlyDictionary<string, object?> given, Execution draft) =>
        resolver.Resolve(flow.Inputs, given, ScopeOf(flow, draft, null, mayCall: draft.Trigger is null), cipher.Encrypt);

    /// <summary>The variables that an execution which is about to begin will see.</summary>
    public Scope ScopeOf(Flow flow, NewExecution start) => ScopeOf(flow, Draft(flow, start), null);

    /// <summary>The variables of a run with everything that looks outside; the mask learns the secrets that are seen.</summary>
    public Scope ScopeOf(Flow flow, Execution execution, TaskRun? run, SecretMask? seen = null, bool mayCall = false)
    {
        var mask = seen ?? new SecretMask();
        return new Scope(Variables.Of(flow, execution, run, surroundings.For(mask)), new RunOutside(stores, flow.Namespace, execution, mask, mayCall));
    }

    private Execution Draft(Flow flow, NewExecution start) => new()
    {
        Id = start.Id,
        Namespace = flow.Namespace,
        FlowId = flow.Id,
        FlowRevision = flow.Revision,
        State = StateTrail.Start(State.Created, clock.GetUtcNow()),
        Inputs = start.Inputs,
        Labels = [.. flow.Labels, .. start.Labels, .. start.SystemLabels],
        Trigger = start.Trigger,
        CreatedBy = start.By,
    };
}

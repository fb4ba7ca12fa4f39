using FlowApps.Domain.Executions;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>The execution a task names, in its own namespace or in the flow it names with it.</summary>
internal static class NamedExecution
{
    /// <summary>Its id; the running one's when the task names none. Errors: <see cref="TaskFailedException"/> when there is none, or when it is of another flow than named.</summary>
    public static async Task<string> OfAsync(TaskContext context, Property<string>? executionId, Property<string>? ns, Property<string>? flowId, CancellationToken cancellation)
    {
        if (flowId is not null && ns is null) throw new TaskFailedException("`flowId` needs `namespace` beside it.");
        var id = context.Render(executionId) is { Length: > 0 } given ? given : context.ExecutionId;
        if (id == context.ExecutionId) return id;
        var found = await context.Port<IExecutions>().FindAsync(id, cancellation);
        if (found?.Execution is not { } execution) throw new TaskFailedException($"There is no execution '{id}'.");
        var (wantedNs, wantedFlow) = (context.Render(ns) ?? context.Flow.Namespace, context.Render(flowId));
        if (execution.Namespace != wantedNs || (wantedFlow is not null && execution.FlowId != wantedFlow))
            throw new TaskFailedException($"There is no execution '{id}' of {(wantedFlow is null ? $"the namespace '{wantedNs}'" : $"the flow '{wantedNs}.{wantedFlow}'")}.");
        return id;
    }
}

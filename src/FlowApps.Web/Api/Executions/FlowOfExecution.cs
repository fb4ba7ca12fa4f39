using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Api.Flows;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>The flow of an execution (in the revision that it runs), its graph, and the pickers of what can be run.</summary>
public sealed class FlowOfExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/executions/{executionId}/flow", OfExecutionAsync).RequirePermission(Permission.ReadExecutions).WithName("getFlowFromExecutionById");
        api.MapGet("/executions/flows/{namespace}/{flowId}", OfNameAsync).RequirePermission(Permission.ReadExecutions).WithName("getFlowFromExecution");
        api.MapGet("/executions/namespaces", async (IFlowStore store, CancellationToken cancellation) => Answer.Json(await store.NamespacesAsync(cancellation)))
            .RequirePermission(Permission.ReadExecutions).WithName("listExecutableDistinctNamespaces");
        api.MapGet("/executions/namespaces/{namespace}/flows", OfNamespaceAsync).RequirePermission(Permission.ReadExecutions).WithName("listFlowExecutionsByNamespace");
    }

    private static async Task<IResult> OfExecutionAsync(string executionId, IExecutions executions, IFlows flows, CancellationToken cancellation)
    {
        var execution = await executions.GetAsync(executionId, cancellation);
        return FlowJson.Answer(await flows.RevisionAsync(execution.Flow, execution.FlowRevision, cancellation), source: false);
    }

    private static async Task<IResult> OfNameAsync(string @namespace, string flowId, int? revision, IFlows flows, CancellationToken cancellation) =>
        FlowJson.Answer(await flows.RevisionAsync(new FlowId(@namespace, flowId), revision, cancellation), source: false);

    private static async Task<IResult> OfNamespaceAsync(string @namespace, IFlowStore store, CancellationToken cancellation)
    {
        var found = await store.SearchAsync(new FlowQuery(Namespace: @namespace, NamespacePrefix: false, Disabled: false), new(1, 1000), cancellation);
        return Answer.Json(found.Results.Select(flow => new { id = flow.Key.Id, flow.Key.Namespace, flow.Revision, flow.Description, flow.Labels }));
    }
}

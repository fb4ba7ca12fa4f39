using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Api.Executions;
using FlowApps.Web.Flows.Topology;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>The graph of a stored flow, of a flow text, and of an execution (with its task runs).</summary>
public sealed class GetGraph : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/{namespace}/{id}/graph", OfFlowAsync).RequirePermission(Permission.ReadFlows).WithName("generateFlowGraph");
        api.MapPost("/flows/graph", OfTextAsync).RequirePermission(Permission.ReadFlows).WithName("generateFlowGraphFromSource");
        api.MapGet("/executions/{executionId}/graph", OfExecutionAsync).RequirePermission(Permission.ReadExecutions).WithName("getExecutionFlowGraph");
    }

    private static async Task<IResult> OfFlowAsync(string @namespace, string id, int? revision, IFlows flows, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        return GraphJson.Answer(GraphBuilder.Build(await flows.FindAsync(key, revision, cancellation) ?? throw FoundFlow.Missing(key, revision)));
    }

    private static async Task<IResult> OfTextAsync(HttpRequest request, IFlows flows)
    {
        var reading = flows.Read(await request.ReadTextAsync());
        return GraphJson.Answer(GraphBuilder.Build(reading.Flow ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems)));
    }

    private static async Task<IResult> OfExecutionAsync(string executionId, IExecutions executions, IFlows flows, CancellationToken cancellation)
    {
        var execution = await executions.GetAsync(executionId, cancellation);
        var flow = await flows.FindAsync(execution.Flow, execution.FlowRevision, cancellation) ?? throw FoundFlow.Missing(execution.Flow, execution.FlowRevision);
        return GraphJson.Answer(GraphBuilder.Build(flow), execution);
    }
}

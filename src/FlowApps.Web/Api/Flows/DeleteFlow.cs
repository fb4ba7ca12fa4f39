using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Deletes flows. Their revisions stay, so that executions can still be read; a flow of the same name goes on counting revisions.</summary>
public sealed class DeleteFlow : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapDelete("/flows/{namespace}/{id}", HandleAsync).RequirePermission(Permission.WriteFlows).WithName("deleteFlow");
        api.MapFlowBulk(HttpMethods.Delete, "delete", "deleteFlows", (flows, key, by, cancellation) => flows.DeleteAsync(key, by, cancellation));
    }

    private static async Task<IResult> HandleAsync(string @namespace, string id, ApiCall call, IFlows flows, CancellationToken cancellation)
    {
        await flows.DeleteAsync(new FlowId(@namespace, id), call.By, cancellation);
        return Results.NoContent();
    }
}

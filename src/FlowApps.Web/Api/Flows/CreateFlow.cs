using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Creates a flow from its YAML text.</summary>
public sealed class CreateFlow : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapPost("/flows", HandleAsync).RequirePermission(Permission.WriteFlows).WithName("createFlow");

    private static async Task<IResult> HandleAsync(HttpRequest request, ApiCall call, IFlows flows, CancellationToken cancellation) =>
        FlowJson.Answer(await flows.CreateAsync(await request.ReadTextAsync(), call.By, cancellation));
}

using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Saves a new revision of a flow; the same text again changes nothing. <c>If-Match</c> with a revision refuses to overwrite a newer one.</summary>
public sealed class UpdateFlow : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapPut("/flows/{namespace}/{id}", HandleAsync).RequirePermission(Permission.WriteFlows).WithName("updateFlow");

    private static async Task<IResult> HandleAsync(string @namespace, string id, HttpRequest request, ApiCall call, IFlows flows, CancellationToken cancellation)
    {
        int? expected = int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var revision) ? revision : null;
        return FlowJson.Answer(await flows.UpdateAsync(new FlowId(@namespace, id), await request.ReadTextAsync(), call.By, expected, cancellation));
    }
}

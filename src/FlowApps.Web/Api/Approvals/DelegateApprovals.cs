using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>The caller's delegations: given and got ones, a new one with dates, scope and limit, the end of one.</summary>
public sealed class DelegateApprovals : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/delegations", async (Reader reader, IDelegations delegations, CancellationToken cancellation) => Answer.Json(await delegations.OfAsync(reader.Name, cancellation)))
            .RequirePermission(Permission.DecideApprovals).WithName("listDelegations");
        api.MapPost("/delegations", async (HttpRequest request, Reader reader, IDelegations delegations, CancellationToken cancellation) =>
        {
            return Answer.Json(await delegations.GiveAsync(reader.Name, await request.ReadJsonAsync<SentDelegation>(), cancellation));
        }).RequirePermission(Permission.DecideApprovals).WithName("createDelegation");
        api.MapDelete("/delegations/{id}", async (string id, Reader reader, IDelegations delegations, CancellationToken cancellation) =>
        {
            await delegations.RevokeAsync(id, reader.Name, cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("revokeDelegation");
    }
}

using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Triggers;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Triggers;

/// <summary>Switches a trigger off or on and gives it a backfill; everything else that is sent is the server's own and passed over.</summary>
public sealed class UpdateTrigger : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapPut("/triggers", HandleAsync).RequirePermission(Permission.WriteTriggers).WithName("updateTrigger");

    private static async Task<IResult> HandleAsync(HttpRequest request, ITriggers triggers, ITriggerStore store, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync<SentTrigger>();
        var state = (await store.LoadAsync(wanted.Key, cancellation))?.State ?? throw RefusedException.NotFound($"There is no trigger '{wanted.Key.TriggerId}' in the flow '{wanted.Key.Flow}'.");
        if (wanted.Disabled is { } disabled && disabled != state.Disabled) state = await triggers.SetDisabledAsync(wanted.Key, disabled, cancellation);
        if (wanted.Backfill is { } backfill && backfill.Start != state.Backfill?.Start) state = await triggers.StartBackfillAsync(wanted.Key, backfill.Read(), cancellation);
        return TriggerJson.Answer(state);
    }
}

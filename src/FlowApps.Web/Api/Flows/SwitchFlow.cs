namespace FlowApps.Web.Api.Flows;

/// <summary>Disables and enables flows: a disabled flow is neither run nor triggered.</summary>
public sealed class SwitchFlow : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapFlowBulk(HttpMethods.Post, "disable", "disableFlows", (flows, key, by, cancellation) => flows.SetDisabledAsync(key, true, by, cancellation));
        api.MapFlowBulk(HttpMethods.Post, "enable", "enableFlows", (flows, key, by, cancellation) => flows.SetDisabledAsync(key, false, by, cancellation));
    }
}

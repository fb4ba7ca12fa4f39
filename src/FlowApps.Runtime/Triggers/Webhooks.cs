using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;

namespace FlowApps.Runtime.Triggers;

/// <summary>Starts executions by HTTP call. The flow's own key decides; an unknown key and an unknown flow look the same from outside.</summary>
internal sealed class Webhooks(FlowRegistry flows, TriggerScopes scopes, TriggerStarts starts, ExecutionHandler handler, TriggerSwitches switches, TimeProvider clock) : IWebhooks
{
    public async Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(call.Flow, null, cancellation) ?? throw Unknown();
        var webhook = flow.Triggers.OfType<Webhook>().FirstOrDefault(trigger => IsFor(flow, trigger, call.Key)) ?? throw Unknown();
        if (flow.Disabled) throw RefusedException.Conflict("flow_disabled", "Cannot execute a disabled flow");
        if (webhook.Disabled || await switches.IsOffAsync(new TriggerKey(flow.Namespace, flow.Id, webhook.Id), cancellation)) throw Unknown();
        var variables = Data.Map(("body", call.Body), ("headers", call.Headers), ("parameters", call.Parameters));
        var found = new TriggerFinding(flow, webhook, Ids.New(clock), variables);
        var start = starts.If(found);
        var execution = start is null ? null : await handler.StartAsync(start, call.IdempotencyKey, cancellation: cancellation);
        return new WebhookAnswer(execution, webhook.Wait, webhook.ReturnOutputs, webhook.ResponseContentType);
    }

    private bool IsFor(Flow flow, Webhook trigger, string key)
    {
        try
        {
            return Webhook.KeyMatches(trigger.Key.Contains('{', StringComparison.Ordinal) ? scopes.Render(trigger.Key, flow) : trigger.Key, key);
        }
        catch (ExpressionException)
        {
            // A key that cannot be rendered opens nothing.
            return false;
        }
    }

    private static RefusedException Unknown() => RefusedException.NotFound("Flow not found");
}

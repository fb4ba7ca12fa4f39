using FlowApps.Domain.Executions;
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
internal sealed class Webhooks(FlowRegistry flows, TriggerScopes scopes, TriggerStarts starts, ExecutionHandler handler, IExecutionStore executions, TriggerSwitches switches, TimeProvider clock) : IWebhooks
{
    private readonly WebhookPace pace = new(clock);

    public async Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(call.Flow, null, cancellation) ?? throw Unknown();
        var webhook = flow.Triggers.OfType<Webhook>().FirstOrDefault(trigger => IsFor(flow, trigger, call.Key)) ?? throw Unknown();
        if (flow.Disabled) throw RefusedException.Conflict("flow_disabled", "Cannot execute a disabled flow");
        if (webhook.Disabled || await switches.IsOffAsync(new TriggerKey(flow.Namespace, flow.Id, webhook.Id), cancellation)) throw Unknown();
        Check(flow, webhook, call);
        var key = webhook.SigningSecrets.Count == 0 ? call.IdempotencyKey : $"webhook/{flow.Namespace}/{flow.Id}/{webhook.Id}/{Header(call, "webhook-id")}";
        // A repeat is answered before anything is decided; one that comes at the same time fails on the key in its commit.
        if (key is not null && await executions.FindInboxAsync(key, cancellation) is not null) return Answered(webhook, await handler.EarlierAsync(key, cancellation));
        var variables = Data.Map(("body", call.Body), ("headers", call.Headers), ("parameters", call.Parameters));
        var found = new TriggerFinding(flow, webhook, Ids.New(clock), variables);
        var start = starts.If(found);
        Fault.Point("webhook-before-start");
        return Answered(webhook, start is null ? null : await handler.StartAsync(start, key, cancellation: cancellation));
    }

    private static WebhookAnswer Answered(Webhook webhook, Execution? execution) => new(execution, webhook.Wait, webhook.ReturnOutputs, webhook.ResponseContentType);

    /// <summary>Errors: TooLarge, Forbidden, TooMany.</summary>
    private void Check(Flow flow, Webhook webhook, WebhookCall call)
    {
        if (call.Raw.Length > webhook.MaxBodySize) throw new RefusedException(RefusalKind.TooLarge, "body_too_large", $"The body is larger than {webhook.MaxBodySize} bytes.");
        if (webhook.SigningSecrets.Count > 0)
        {
            var signature = new WebhookSignature(Header(call, "webhook-id"), Header(call, "webhook-timestamp"), Header(call, "webhook-signature"));
            if (signature.Refusal(call.Raw.Span, Secrets(flow, webhook), clock.GetUtcNow(), webhook.Tolerance) is { } refusal) throw new RefusedException(RefusalKind.Forbidden, "bad_signature", refusal);
        }
        // Forgeries use up nothing of it.
        if (webhook.Limit is { } limit && !pace.Take(new TriggerKey(flow.Namespace, flow.Id, webhook.Id), limit))
            throw new RefusedException(RefusalKind.TooMany, "too_many_calls", $"More than {limit.Calls} calls within {Duration.Write(limit.Window)}. Call again later.");
    }

    /// <summary>A secret that cannot be rendered signs nothing.</summary>
    private List<string> Secrets(Flow flow, Webhook webhook)
    {
        var secrets = new List<string>(webhook.SigningSecrets.Count);
        foreach (var secret in webhook.SigningSecrets)
        {
            try
            {
                secrets.Add(secret.Contains('{', StringComparison.Ordinal) ? scopes.Render(secret, flow) : secret);
            }
            catch (ExpressionException)
            {
                // The others may still fit; with none at all every call is refused.
            }
        }
        return secrets;
    }

    /// <summary>The only value of a header; null when it is missing or given more than once.</summary>
    private static string? Header(WebhookCall call, string name) =>
        call.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is IReadOnlyList<object?> and [string only] ? only : null;

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

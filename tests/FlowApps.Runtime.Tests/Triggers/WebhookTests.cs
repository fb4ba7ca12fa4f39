using System.Globalization;
using System.Text;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Triggers;

namespace FlowApps.Runtime.Tests.Triggers;

[Collection(SharedRuntime.Name)]
public sealed class WebhookTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task Webhook_starts_by_key_and_refuses_other_keys()
    {
        var flow = await host.SaveAsync("""
            id: hook
            namespace: trigger.webhook
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.body.name }}"
            triggers:
              - id: web
                type: io.kestra.plugin.core.trigger.Webhook
                key: open-sesame
            """);
        var hooks = host.Get<IWebhooks>();
        var call = new WebhookCall(flow, "open-sesame", "POST", Data.Map(("name", "Ada")), Data.Map(), Data.Map());
        var answer = await hooks.CallAsync(call, CancellationToken.None);
        Assert.Equal("Ada", answer.Execution!.TaskRuns.First().Outputs!["value"]);
        await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(call with { Key = "wrong" }, CancellationToken.None));
    }

    [Fact]
    public async Task A_signed_call_starts_once_however_often_it_is_repeated_and_an_unsigned_one_never()
    {
        var flow = await host.SaveAsync("""
            id: signed
            namespace: trigger.webhook
            tasks:
              - id: show
                type: io.kestra.plugin.core.debug.Return
                format: "{{ trigger.body }}"
            triggers:
              - id: web
                type: io.kestra.plugin.core.trigger.Webhook
                key: signed
                signingSecrets: ["{{ secret('NONE_SUCH') }}", "whsec_c2VjcmV0"]
                maxBodySize: 100
            """);
        var hooks = host.Get<IWebhooks>();
        var call = Signed(flow, "m1", "hello", "whsec_c2VjcmV0");
        // At once, and again and again.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => hooks.CallAsync(call, CancellationToken.None)));
        Assert.Single(answers.Select(answer => answer.Execution!.Id).Distinct());
        Assert.Equal(answers[0].Execution!.Id, (await hooks.CallAsync(call, CancellationToken.None)).Execution!.Id);
        Assert.Equal(1, await host.CountAsync(flow));
        foreach (var (bad, kind) in new[]
        {
            (Signed(flow, "m2", "hello", "another"), RefusalKind.Forbidden),
            (Signed(flow, "m2", "hello", "whsec_c2VjcmV0") with { Raw = "changed"u8.ToArray() }, RefusalKind.Forbidden),
            (call with { Headers = Data.Map() }, RefusalKind.Forbidden),
            (Signed(flow, "m2", new string('x', 101), "whsec_c2VjcmV0"), RefusalKind.TooLarge),
        })
            Assert.Equal(kind, (await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(bad, CancellationToken.None))).Kind);
        Assert.Equal(1, await host.CountAsync(flow));
    }

    [Fact]
    public async Task A_webhook_takes_no_more_calls_than_its_limit()
    {
        var flow = await host.SaveAsync("""
            id: limited
            namespace: trigger.webhook
            tasks:
              - {id: show, type: core.debug.Return, format: x}
            triggers:
              - {id: web, type: core.trigger.Webhook, key: limited, limit: {calls: 3, window: PT1H}}
            """);
        var hooks = host.Get<IWebhooks>();
        var call = new WebhookCall(flow, "limited", "POST", null, Data.Map(), Data.Map());
        for (var i = 0; i < 3; i++) await hooks.CallAsync(call, CancellationToken.None);
        Assert.Equal(RefusalKind.TooMany, (await Assert.ThrowsAsync<RefusedException>(() => hooks.CallAsync(call, CancellationToken.None))).Kind);
        Assert.Equal(3, await host.CountAsync(flow));
    }

    [Fact]
    public async Task Webhook_and_listening_flow_are_switched_off_after_the_first_end_that_stop_after_names()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var called = await host.SaveAsync("""
            id: called
            namespace: trigger.stopped
            tasks:
              - id: only
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: hook
                type: io.kestra.plugin.core.trigger.Webhook
                key: once
                stopAfter: [SUCCESS]
            """);
        var listening = await host.SaveAsync("""
            id: listening
            namespace: trigger.stopped
            tasks:
              - id: only
                type: io.kestra.plugin.core.debug.Return
            triggers:
              - id: ear
                type: io.kestra.plugin.core.trigger.Flow
                stopAfter: [SUCCESS]
                conditions:
                  - type: io.kestra.plugin.core.condition.ExecutionFlow
                    namespace: trigger.stopped
                    flowId: called
            """);
        var call = new WebhookCall(called, "once", "POST", null, Data.Map(), Data.Map());
        await host.TriggerAsync(new TriggerKey(called.Namespace, called.Id, "hook"), limit.Token);
        await host.TriggerAsync(new TriggerKey(listening.Namespace, listening.Id, "ear"), limit.Token);
        await host.Get<IWebhooks>().CallAsync(call, limit.Token);
        while (!(await host.TriggerAsync(new TriggerKey(called.Namespace, called.Id, "hook"), limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        while (!(await host.TriggerAsync(new TriggerKey(listening.Namespace, listening.Id, "ear"), limit.Token)).Disabled) await Task.Delay(20, limit.Token);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => host.Get<IWebhooks>().CallAsync(call, limit.Token))).Kind);
        await host.RunAsync(called);
        Assert.Equal(1, await host.CountAsync(listening));
    }

    private static WebhookCall Signed(FlowId flow, string id, string body, string secret)
    {
        var raw = Encoding.UTF8.GetBytes(body);
        var now = TimeProvider.System.GetUtcNow();
        var headers = Data.Map(
            ("Webhook-Id", new List<object?> { id }), ("webhook-timestamp", new List<object?> { now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) }),
            ("webhook-signature", new List<object?> { WebhookSignature.Sign(id, now, raw, secret) }));
        return new WebhookCall(flow, "signed", "POST", body, headers, Data.Map()) { Raw = raw };
    }
}

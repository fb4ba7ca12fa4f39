using System.Text;
using FlowApps.Engine.Triggers;

namespace FlowApps.Web.Tests.Api;

/// <summary>Signed webhooks over HTTP: an id starts one execution however often it is called, and nothing is answered to who cannot sign.</summary>
[Collection(ApiTests.Name)]
public sealed class WebhookApiTests(ApiServer api)
{
    private const string Secret = "a-signing-secret-of-the-test", Body = """{"order":1}""";
    private const int Repeats = 400, Lanes = 8;

    [Fact]
    public async Task An_id_starts_one_execution_however_often_it_is_called_at_once()
    {
        await InstallAsync("repeated");
        using var stranger = api.Client();
        var ids = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            var seen = new HashSet<string>();
            for (var call = 0; call < Repeats / Lanes; call++) seen.Add((string)(await CallAsync(stranger, "repeated", "msg_same", Secret)).Must(200)["id"]!);
            return seen;
        }));
        Assert.Single(ids.SelectMany(seen => seen).Distinct());
        Assert.Equal(1, (await api.GetAsync("executions/search?namespace=api.signed&flowId=repeated"))["total"]);
    }

    [Fact]
    public async Task A_repeated_key_is_not_answered_before_the_signature_was_looked_at()
    {
        await InstallAsync("keyed");
        using var stranger = api.Client();
        var first = (await CallAsync(stranger, "keyed", "msg_1", Secret, "key-1")).Must(200);
        Assert.Equal(first["id"], (await CallAsync(stranger, "keyed", "msg_1", Secret, "key-1")).Must(200)["id"]);
        var forged = (await CallAsync(stranger, "keyed", "msg_1", "another secret", "key-1")).Must(403);
        Assert.DoesNotContain((string)first["id"]!, forged.Text, StringComparison.Ordinal);
    }

    private Task InstallAsync(string id) => api.SaveAsync(
        $"id: {id}\nnamespace: api.signed\ntasks:\n  - {{id: t, type: core.debug.Return, format: done}}\ntriggers:\n  - {{id: w, type: core.trigger.Webhook, key: a-long-secret-key, signingSecrets: [{Secret}]}}\n");

    private static async Task<Reply> CallAsync(HttpClient client, string flow, string id, string secret, string? key = null)
    {
        var now = DateTimeOffset.UtcNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"executions/webhook/api.signed/{flow}/a-long-secret-key") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(id, now, Encoding.UTF8.GetBytes(Body), secret));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await ApiServer.ReplyAsync(await client.SendAsync(request));
    }
}

using System.Globalization;

namespace FlowApps.Web.Tests.Api;

[Collection(ApiTests.Name)]
public sealed class StoreApiTests(ApiServer api)
{
    [Theory]
    [InlineData("""{"a":1}""", "JSON")]
    [InlineData("\"2024-01-01\"", "STRING")]
    [InlineData("2024-01-01", "DATE")]
    [InlineData("2024-01-01T10:00:00Z", "DATETIME")]
    [InlineData("PT5M", "DURATION")]
    [InlineData("12.5", "NUMBER")]
    [InlineData("true", "BOOLEAN")]
    [InlineData("just words", "STRING")]
    public async Task A_key_has_the_type_that_its_value_is_written_in(string body, string type)
    {
        var path = $"namespaces/api.kv/kv/typed-{type.ToLower(CultureInfo.InvariantCulture)}-{body.Length}";
        (await api.SendAsync(HttpMethod.Put, path, body, "text/plain")).Must(200);
        Assert.Equal(type, (await api.GetAsync(path)).Must(200)["type"]);
    }

    [Fact]
    public async Task A_key_with_a_time_to_live_says_when_it_ends_and_a_deleted_one_is_gone()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "namespaces/api.kv.ttl/kv/short") { Content = new StringContent("\"x\"") };
        request.Headers.Add("ttl", "PT1H");
        (await api.SendAsync(request)).Must(200);
        Assert.NotNull((await api.GetAsync("namespaces/api.kv.ttl/kv"))["0.expirationDate"]);
        Assert.Equal("true", (await api.SendAsync(HttpMethod.Delete, "namespaces/api.kv.ttl/kv/short")).Must(200).Text);
        (await api.GetAsync("namespaces/api.kv.ttl/kv/short")).Must(404);
        (await api.SendAsync(HttpMethod.Put, "namespaces/api.kv.ttl/kv/bad%20key", "1")).Must(422);
    }

    [Fact]
    public async Task The_settings_of_a_namespace_are_given_as_json_or_as_yaml_and_inherited()
    {
        (await api.SendAsync(HttpMethod.Post, "namespaces", """{"id":"api.settings","description":"d","variables":{"a":1},"pluginDefaults":[{"type":"core.log.Log","values":{"level":"WARN"}}]}""", "application/json")).Must(200);
        (await api.SendAsync(HttpMethod.Put, "namespaces/api.settings.below", """{"variables":"b: 2 # yaml"}""", "application/json")).Must(200);
        Assert.Equal(1, (await api.GetAsync("namespaces/api.settings")).Must(200)["variables.a"]);
        var inherited = await api.GetAsync("namespaces/api.settings.below/inherited-variables");
        Assert.Equal("""{"a":1,"b":2}""", inherited.Text);
        Assert.Equal("core.log.Log", (await api.GetAsync("namespaces/api.settings.below/inherited-plugindefaults"))["0.type"]);
        (await api.SendAsync(HttpMethod.Put, "namespaces/api.settings.below", """{"variables":"- no map"}""", "application/json")).Must(422);
        (await api.SendAsync(HttpMethod.Delete, "namespaces/api.settings.below")).Must(204);
        (await api.SendAsync(HttpMethod.Delete, "namespaces/api.settings.below")).Must(404);
    }

    [Fact]
    public async Task Namespace_files_are_uploaded_found_moved_and_never_leave_their_namespace()
    {
        async Task<Reply> UploadAsync(string path, string text)
        {
            using var form = new MultipartFormDataContent { { new StringContent(text), "fileContent", "a.txt" } };
            return await ApiServer.ReplyAsync(await api.Http.PostAsync($"namespaces/api.files/files?path={Uri.EscapeDataString(path)}", form));
        }

        (await UploadAsync("/folder/a.txt", "content")).Must(200);
        Assert.Equal("content", (await api.GetAsync("namespaces/api.files/files?path=/folder/a.txt")).Must(200).Text);
        Assert.Contains("/folder/a.txt", (await api.GetAsync("namespaces/api.files/files/search?q=a.txt")).List());
        Assert.Equal("a.txt", (await api.GetAsync("namespaces/api.files/files/directory?path=/folder"))["0.fileName"]);
        (await api.SendAsync(HttpMethod.Put, "namespaces/api.files/files?from=/folder/a.txt&to=/folder/b.txt")).Must(200);
        (await api.GetAsync("namespaces/api.files/files?path=/folder/a.txt")).Must(404);
        Assert.InRange((await UploadAsync("/../../other/_files/x.txt", "x")).Status, 400, 499);
        Assert.InRange((await api.GetAsync("namespaces/api.files/files?path=/../../../etc/passwd")).Status, 400, 499);
        var zip = await api.Http.GetByteArrayAsync("namespaces/api.files/files/export");
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        Assert.Equal("folder/b.txt", Assert.Single(archive.Entries).FullName);
    }

    [Fact]
    public async Task A_webhook_needs_no_sign_in_but_its_key()
    {
        await api.SaveAsync("id: hook\nnamespace: api.hooks\ntasks:\n  - {id: t, type: core.debug.Return, format: \"{{ trigger.body.name }} {{ trigger.parameters.n[1] }}\"}\ntriggers:\n  - {id: w, type: core.trigger.Webhook, key: a-long-secret-key}\n");
        using var stranger = api.Client();
        var reply = (await ApiServer.ReplyAsync(await stranger.PostAsync("executions/webhook/api.hooks/hook/a-long-secret-key?n=1&n=2", new StringContent("""{"name":"Ada"}""")))).Must(200);
        Assert.Equal("Ada", reply["trigger.variables.body.name"]);
        Assert.Contains("\"value\":\"Ada 2\"", await api.Http.GetStringAsync($"executions/{reply["id"]}/follow"), StringComparison.Ordinal);
        (await ApiServer.ReplyAsync(await stranger.GetAsync("executions/webhook/api.hooks/hook/wrong"))).Must(404);
    }

    [Fact]
    public async Task A_schedule_has_a_state_that_can_be_switched_off_and_made_up_for()
    {
        await api.SaveAsync("id: yearly\nnamespace: api.triggers\ntasks:\n  - {id: t, type: core.flow.Pause}\ntriggers:\n  - {id: s, type: core.trigger.Schedule, cron: \"0 0 1 1 *\"}\n");
        var row = await WaitForAsync("triggers/api.triggers/yearly", reply => reply["results.0.nextExecutionDate"] is not null);
        Assert.Equal("s", row["results.0.triggerId"]);
        Assert.Equal("core.trigger.Schedule", (await api.GetAsync("triggers/search?namespace=api.triggers"))["results.0.abstractTrigger.type"]);
        Assert.Equal(true, (await api.SendAsync(HttpMethod.Put, "triggers", """{"namespace":"api.triggers","flowId":"yearly","triggerId":"s","disabled":true}""")).Must(200)["disabled"]);
        Assert.Equal(false, (await api.SendAsync(HttpMethod.Put, "triggers", """{"namespace":"api.triggers","flowId":"yearly","triggerId":"s","disabled":false}""")).Must(200)["disabled"]);
        var backfill = """{"namespace":"api.triggers","flowId":"yearly","triggerId":"s","backfill":{"start":"2020-01-01T00:00:00Z","end":"2022-06-01T00:00:00Z"}}""";
        Assert.NotNull((await api.SendAsync(HttpMethod.Put, "triggers", backfill)).Must(200)["backfill.start"]);
        await WaitForAsync("executions/search?flowId=yearly", reply => (int)reply["total"]! == 1);
        Assert.Null((await api.SendAsync(HttpMethod.Post, "triggers/backfill/delete", backfill)).Must(200)["backfill"]);
        (await api.SendAsync(HttpMethod.Put, "triggers", """{"namespace":"api.triggers","flowId":"yearly","triggerId":"none","disabled":true}""")).Must(404);
    }

    [Fact]
    public async Task An_app_is_created_switched_off_and_deleted_by_its_uid()
    {
        await api.SaveAsync(FlowApiTests.Flow("behind-app"));
        const string app = "id: front\ntype: apps.Execution\nnamespace: api.flows\nflowId: behind-app\ndisplayName: A front\ntags: [demo]\n";
        Assert.Equal("api.flows:front", (await api.SendAsync(HttpMethod.Post, "apps", app, "application/x-yaml")).Must(200)["uid"]);
        (await api.SendAsync(HttpMethod.Post, "apps", app, "application/x-yaml")).Must(409);
        Assert.Equal(app, (await api.GetAsync("apps/api.flows:front")).Must(200)["source"]);
        Assert.Equal(false, (await api.SendAsync(HttpMethod.Post, "apps/api.flows:front/disable")).Must(200)["enabled"]);
        Assert.Equal(true, (await api.SendAsync(HttpMethod.Post, "apps/api.flows:front/enable")).Must(200)["enabled"]);
        Assert.Contains("demo", (await api.GetAsync("apps/tags")).List("tags"));
        (await api.SendAsync(HttpMethod.Delete, "apps/api.flows:front")).Must(204);
        (await api.GetAsync("apps/api.flows:front")).Must(404);
        (await api.SendAsync(HttpMethod.Post, "apps", "id: bad\ntype: apps.Execution\nnamespace: api.flows\n", "application/x-yaml")).Must(422);
    }

    [Fact]
    public async Task Expressions_are_rendered_over_the_sent_context_with_typed_values()
    {
        var rendered = await api.SendAsync(HttpMethod.Post, "expressions/render", """{"expression":"{{ d | date('yyyy') }}","context":{"d":{"$type":"instant","value":"2024-02-29T12:34:56Z"}}}""");
        Assert.Equal("2024", rendered.Must(200)["result"]);
        var typed = await api.SendAsync(HttpMethod.Post, "expressions/render", """{"expression":{"list":"{{ [1, 2] }}"},"context":{},"typed":true}""");
        Assert.Equal(2, typed.Must(200).List("result.list").Count);
        var refused = (await api.SendAsync(HttpMethod.Post, "expressions/render", """{"expression":"{{ nope }}","context":{}}""")).Must(422);
        Assert.Contains("Unable to find `nope`", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_are_stored_and_checked_as_flows_are()
    {
        const string template = """{"id":"shared","namespace":"api.templates","tasks":[{"id":"t","type":"core.debug.Return","format":"x"}]}""";
        (await api.SendAsync(HttpMethod.Post, "templates", template)).Must(200);
        (await api.SendAsync(HttpMethod.Post, "templates", template)).Must(409);
        (await api.SendAsync(HttpMethod.Post, "templates", template.Replace("core.debug.Return", "core.Unknown", StringComparison.Ordinal))).Must(422);
        (await api.SendAsync(HttpMethod.Delete, "templates/api.templates/shared")).Must(204);
        (await api.GetAsync("templates/api.templates/shared")).Must(404);
    }

    [Fact]
    public async Task The_api_describes_itself_and_its_plugins()
    {
        var document = (await api.GetAsync("/openapi/v1.json")).Must(200);
        Assert.NotNull(document["paths"]);
        Assert.Contains("createExecution", document.Text, StringComparison.Ordinal);
        Assert.Contains("Starts an execution", document.Text, StringComparison.Ordinal);
        Assert.Equal("core.log.Log", (await api.GetAsync("plugins/io.kestra.plugin.core.log.Log")).Must(200)["type"]);
        Assert.Contains("core.log.Log", (await api.GetAsync("schemas/flow.json")).Must(200).Text, StringComparison.Ordinal);
        (await api.GetAsync("plugins/core.Unknown")).Must(404);
    }

    [Fact]
    public async Task Bodies_that_are_no_json_or_too_large_are_refused()
    {
        Assert.Equal("invalid_json", (await api.SendAsync(HttpMethod.Put, "triggers", "{\"a\":")).Must(422)["code"]);
        (await api.SendAsync(HttpMethod.Post, "flows", new string('#', 7_000_000), "application/x-yaml")).Must(413);
    }

    [Theory]
    [InlineData("POST", "triggers/unlock/by-triggers", "[null]")]
    [InlineData("DELETE", "apps", """{"uids":[null]}""")]
    [InlineData("POST", "flows/import", "{}")]
    [InlineData("POST", "executions/labels/by-ids", """{"executionsId":[null],"executionLabels":[null]}""")]
    [InlineData("GET", "logs/none?taskId=%00", null)]
    [InlineData("GET", "plugins", null)]
    [InlineData("POST", "stats/executions/daily", "{}")]
    [InlineData("GET", "logs/%F0%9F%98%80/download", null)]
    public async Task Strange_requests_are_answered_and_never_break_anything(string method, string path, string? body) =>
        Assert.InRange((await api.SendAsync(new HttpMethod(method), path, body)).Status, 200, 499);

    private async Task<Reply> WaitForAsync(string path, Func<Reply, bool> seen)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            var reply = await api.GetAsync(path);
            if (seen(reply)) return reply;
            await Task.Delay(50, limit.Token);
        }
    }
}

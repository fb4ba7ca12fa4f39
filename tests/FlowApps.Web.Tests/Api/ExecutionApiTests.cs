using System.Text;

namespace FlowApps.Web.Tests.Api;

[Collection(ApiTests.Name)]
public sealed class ExecutionApiTests(ApiServer api)
{
    private static string Paused(string id) =>
        $$$"""
        id: {{{id}}}
        namespace: api.executions
        tasks:
          - id: ask
            type: core.flow.Pause
            onResume:
              - id: amount
                type: INT
          - id: tell
            type: core.debug.Return
            format: "{{ outputs.ask.onResume.amount }}"
        """;

    [Fact]
    public async Task A_started_flow_runs_to_its_end_and_answers_with_wait()
    {
        await api.SaveAsync(Greeting("greet"));
        var execution = (await StartAsync("greet", "?wait=true&labels=team:a:b", ("name", "Ada"))).Must(200);
        Assert.Equal("SUCCESS", execution["state.current"]);
        Assert.Equal("Hello Ada", execution["taskRunList.0.outputs.value"]);
        Assert.Equal("Ada", execution["inputs.name"]);
        Assert.Contains("\"key\":\"team\",\"value\":\"a:b\"", execution.Text, StringComparison.Ordinal);
        Assert.Equal("CREATED", execution["state.histories.0.state"]);
        var id = (string)execution["id"]!;
        Assert.Equal(id, (await api.GetAsync($"executions/{id}")).Must(200)["id"]);
        Assert.Equal(id, (await api.GetAsync("executions/search?namespace=api.executions&flowId=greet&state=SUCCESS&labels=team:a:b"))["results.0.id"]);
        Assert.Equal("greet", (await api.GetAsync($"executions/{id}/flow"))["id"]);
        Assert.NotEmpty((await api.GetAsync($"executions/{id}/graph")).List("nodes"));
    }

    [Fact]
    public async Task Nothing_is_started_when_inputs_are_wrong_and_every_wrong_input_is_named()
    {
        await api.SaveAsync("id: typed\nnamespace: api.executions\ninputs:\n  - {id: a, type: INT, min: 5}\n  - {id: b, type: STRING}\ntasks:\n  - {id: t, type: core.debug.Return, format: x}\n");
        var refused = (await StartAsync("typed", "", ("a", "3"))).Must(422);
        Assert.Contains("Invalid input for `a`, it must be more than `5`, but received `3`", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Invalid input for `b`, missing required input", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await api.GetAsync("executions/search?flowId=typed"))["total"]);
        var rows = (await SendFormAsync("executions/api.executions/typed/validate", ("a", "3"))).Must(200);
        Assert.Equal("a", rows["inputs.0.input.id"]);
        Assert.NotEmpty(rows.List("inputs.0.errors"));
    }

    [Fact]
    public async Task Checks_that_fail_are_told_before_anything_is_started()
    {
        await api.SaveAsync("id: checked\nnamespace: api.executions\ninputs:\n  - {id: a, type: INT}\nchecks:\n  - {condition: \"{{ inputs.a < 5 }}\", message: too many, style: WARNING, behavior: BLOCK_EXECUTION}\ntasks:\n  - {id: t, type: core.debug.Return, format: x}\n");
        Assert.Empty((await SendFormAsync("executions/api.executions/checked/validate", ("a", "3"))).Must(200).List("checks"));
        var failing = (await SendFormAsync("executions/api.executions/checked/validate", ("a", "7"))).Must(200);
        Assert.Equal(("too many", "WARNING", "BLOCK_EXECUTION"), (failing["checks.0.message"], failing["checks.0.style"], failing["checks.0.behavior"]));
    }

    [Fact]
    public async Task An_uploaded_file_becomes_an_input_and_can_be_read_back()
    {
        await api.SaveAsync("id: file\nnamespace: api.executions\ninputs:\n  - {id: data, type: FILE}\ntasks:\n  - {id: t, type: core.debug.Return, format: \"{{ read(inputs.data) }}\"}\n");
        using var form = new MultipartFormDataContent { { new ByteArrayContent("file content"u8.ToArray()), "data", "data.txt" } };
        var execution = (await ApiServer.ReplyAsync(await api.Http.PostAsync("executions/api.executions/file?wait=true", form))).Must(200);
        Assert.Equal("file content", execution["taskRunList.0.outputs.value"]);
        var uri = Uri.EscapeDataString((string)execution["inputs.data"]!);
        Assert.Equal("file content", (await api.GetAsync($"executions/{execution["id"]}/file?path={uri}")).Must(200).Text);
        Assert.Equal(12, (await api.GetAsync($"executions/{execution["id"]}/file/metas?path={uri}")).Must(200)["size"]);
        Assert.Equal(422, (await api.GetAsync($"executions/{execution["id"]}/file?path={Uri.EscapeDataString("kestra:///other/flow/executions/x/secret.txt")}")).Status);
    }

    [Fact]
    public async Task The_same_key_starts_one_execution()
    {
        await api.SaveAsync(Greeting("once"));
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.SendAsync(HttpMethod.Post, "executions/api.executions/once?wait=true", key: "start-once")));
        Assert.Single(replies.Select(reply => reply.Must(200)["id"]).Distinct());
        Assert.Equal(1, (await api.GetAsync("executions/search?flowId=once"))["total"]);
    }

    [Fact]
    public async Task Of_many_answers_to_a_paused_execution_exactly_one_wins()
    {
        var id = await PausedAsync("pause-race");
        var replies = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => SendFormAsync($"executions/{id}/resume", ("amount", $"{n}"))));
        Assert.Single(replies, reply => reply.Status == 204);
        Assert.All(replies.Where(reply => reply.Status != 204), reply => reply.Must(409));
    }

    [Fact]
    public async Task A_paused_execution_refuses_a_wrong_answer_and_goes_on_with_a_right_one()
    {
        var id = await PausedAsync("pause-answer");
        (await SendFormAsync($"executions/{id}/resume", ("amount", "many"))).Must(422);
        Assert.NotEmpty((await SendFormAsync($"executions/{id}/resume/validate", ("amount", "many"))).Must(200).List("inputs.0.errors"));
        (await SendFormAsync($"executions/{id}/resume", ("amount", "7"))).Must(204);
        var ended = await FollowAsync($"executions/{id}/follow");
        Assert.Contains("\"value\":\"7\"", ended, StringComparison.Ordinal);
        Assert.EndsWith("id: end", ended[..ended.LastIndexOf("\ndata:", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_an_execution_that_changed_meanwhile_is_refused()
    {
        var id = await PausedAsync("pause-stale");
        var request = new HttpRequestMessage(HttpMethod.Post, $"executions/{id}/resume") { Content = Form(("amount", "7")) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        (await api.SendAsync(request)).Must(409);
        Assert.Equal("PAUSED", (await api.GetAsync($"executions/{id}"))["state.current"]);
    }

    [Fact]
    public async Task Killing_stops_a_running_execution_and_cannot_be_done_twice()
    {
        await api.SaveAsync("id: sleep\nnamespace: api.executions\ntasks:\n  - {id: s, type: core.flow.Sleep, duration: PT60S}\n");
        var id = (string)(await StartAsync("sleep", "")).Must(200)["id"]!;
        (await api.SendAsync(HttpMethod.Delete, $"executions/{id}/kill")).Must(202);
        Assert.Contains("\"current\":\"KILLED\"", await FollowAsync($"executions/{id}/follow"), StringComparison.Ordinal);
        (await api.SendAsync(HttpMethod.Delete, $"executions/{id}/kill")).Must(409);
    }

    [Fact]
    public async Task Ended_executions_can_be_replayed_restarted_and_relabelled()
    {
        await api.SaveAsync("id: fails\nnamespace: api.executions\ntasks:\n  - {id: before, type: core.log.Log, message: hello}\n  - {id: f, type: core.execution.Fail}\n");
        var execution = (await StartAsync("fails", "?wait=true")).Must(200);
        var id = (string)execution["id"]!;
        Assert.Equal("FAILED", execution["state.current"]);
        var replay = (await api.SendAsync(HttpMethod.Post, $"executions/{id}/replay")).Must(200);
        Assert.NotEqual(id, replay["id"]);
        Assert.Equal(id, replay["parentId"]);
        Assert.Equal(id, (await api.SendAsync(HttpMethod.Post, $"executions/{id}/restart")).Must(200)["id"]);
        await FollowAsync($"executions/{id}/follow");
        (await api.SendAsync(HttpMethod.Post, $"executions/{id}/labels", """[{"key":"seen","value":"yes"}]""")).Must(200);
        (await api.SendAsync(HttpMethod.Post, $"executions/{id}/labels", """[{"key":"system.app","value":"x"}]""")).Must(422);
        Assert.Contains("\"seen\"", (await api.GetAsync($"executions/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal("WARNING", (await api.SendAsync(HttpMethod.Post, $"executions/{id}/change-status?status=WARNING")).Must(200)["state.current"]);
    }

    [Fact]
    public async Task A_bulk_operation_does_nothing_when_one_execution_cannot_be_done()
    {
        var id = await PausedAsync("pause-bulk");
        (await api.SendAsync(HttpMethod.Delete, "executions/kill/by-ids", $"""["{id}","unknown"]""")).Must(400);
        Assert.Equal("PAUSED", (await api.GetAsync($"executions/{id}"))["state.current"]);
        Assert.Equal(1, (await api.SendAsync(HttpMethod.Delete, "executions/kill/by-ids", $"""["{id}"]""")).Must(200)["count"]);
    }

    [Fact]
    public async Task Logs_are_listed_downloaded_and_stay_when_asked_to()
    {
        await api.SaveAsync("id: logs\nnamespace: api.executions\ntasks:\n  - {id: a, type: core.log.Log, message: a quiet word, level: DEBUG}\n  - {id: b, type: core.log.Log, message: a loud word}\n");
        var id = (string)(await StartAsync("logs", "?wait=true")).Must(200)["id"]!;
        Assert.Equal("a loud word", (await api.GetAsync($"logs/{id}?minLevel=INFO")).Must(200)["0.message"]);
        Assert.Contains("DEBUG a a quiet word", (await api.GetAsync($"logs/{id}/download")).Must(200).Text, StringComparison.Ordinal);
        (await api.SendAsync(HttpMethod.Delete, $"executions/{id}?deleteLogs=false")).Must(204);
        (await api.GetAsync($"executions/{id}")).Must(404);
        Assert.Equal(2, (await api.GetAsync($"logs/{id}")).Must(200).List().Count);
    }

    [Fact]
    public async Task An_expression_is_evaluated_with_the_variables_of_a_task_run()
    {
        await api.SaveAsync(Greeting("evaluated"));
        var execution = (await StartAsync("evaluated", "?wait=true", ("name", "Ada"))).Must(200);
        var path = $"executions/{execution["id"]}/eval/{execution["taskRunList.0.id"]}";
        Assert.Equal("ADA", (await api.SendAsync(HttpMethod.Post, path, "{{ inputs.name | upper }}", "text/plain")).Must(200)["result"]);
        Assert.Contains("nope", (string)(await api.SendAsync(HttpMethod.Post, path, "{{ nope }}", "text/plain")).Must(200)["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_executions_and_flows_are_not_found_and_a_disabled_flow_is_a_conflict()
    {
        (await StartAsync("missing", "")).Must(404);
        (await api.GetAsync("executions/missing")).Must(404);
        await api.SaveAsync(Greeting("off") + "disabled: true\n");
        (await StartAsync("off", "")).Must(409);
    }

    [Fact]
    public async Task Without_a_name_or_with_a_wrong_password_the_answer_says_how_to_sign_in()
    {
        foreach (var client in new[] { api.Client(), api.Client("admin", "wrong") })
        {
            using var response = await client.GetAsync("executions/search");
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
            client.Dispose();
        }
    }

    private async Task<string> PausedAsync(string flow)
    {
        await api.SaveAsync(Paused(flow));
        var id = (string)(await StartAsync(flow, "")).Must(200)["id"]!;
        await FollowAsync($"executions/{id}/follow", until: "\"current\":\"PAUSED\"");
        return id;
    }

    /// <summary>Reads the events up to one that holds the text, or to the end.</summary>
    private async Task<string> FollowAsync(string path, string? until = null)
    {
        using var response = await api.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var seen = new StringBuilder();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            seen.Append(line).Append('\n');
            if (until is not null && line.Contains(until, StringComparison.Ordinal)) break;
        }
        return seen.ToString().TrimEnd();
    }

    private Task<Reply> StartAsync(string flow, string query, params (string Name, string Value)[] inputs) => SendFormAsync($"executions/api.executions/{flow}{query}", inputs);

    private async Task<Reply> SendFormAsync(string path, params (string Name, string Value)[] fields) =>
        await ApiServer.ReplyAsync(await api.Http.PostAsync(path, fields.Length == 0 ? null : Form(fields)));

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    private static string Greeting(string id) =>
        $$$"""
        id: {{{id}}}
        namespace: api.executions
        inputs:
          - {id: name, type: STRING, defaults: nobody}
        tasks:
          - {id: say, type: core.debug.Return, format: "Hello {{ inputs.name }}"}

        """;
}

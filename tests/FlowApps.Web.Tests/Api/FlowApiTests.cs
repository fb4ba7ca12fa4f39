namespace FlowApps.Web.Tests.Api;

[Collection(ApiTests.Name)]
public sealed class FlowApiTests(ApiServer api)
{
    [Fact]
    public async Task A_flow_is_saved_to_the_letter_and_each_change_is_a_revision()
    {
        var first = Flow("letter", "# a remark\nvariables: {a: 1}\n");
        (await api.SendAsync(HttpMethod.Post, "flows", first, "application/x-yaml")).Must(200);
        var second = first.Replace("a: 1", "a: 2", StringComparison.Ordinal);
        Assert.Equal(2, (await api.SendAsync(HttpMethod.Put, "flows/api.flows/letter", second, "application/x-yaml")).Must(200)["revision"]);
        Assert.Equal(2, (await api.SendAsync(HttpMethod.Put, "flows/api.flows/letter", second, "application/x-yaml")).Must(200)["revision"]);

        Assert.Equal(second, (await api.GetAsync("flows/api.flows/letter?source=true")).Must(200)["source"]);
        Assert.Equal(first, (await api.GetAsync("flows/api.flows/letter?source=true&revision=1")).Must(200)["source"]);
        Assert.Equal(2, (await api.GetAsync("flows/api.flows/letter/revisions")).Must(200).List().Count);
    }

    [Fact]
    public async Task A_flow_as_json_has_its_properties_as_written_and_labels_as_a_list()
    {
        await api.SaveAsync(Flow("shown", "labels: {team: a}\n", retry: "{type: constant, interval: PT1S, maxAttempt: 3}"));
        var flow = (await api.GetAsync("flows/api.flows/shown")).Must(200);
        Assert.Equal(3, flow["tasks.0.retry.maxAttempt"]);
        Assert.Equal("team", flow["labels.0.key"]);
        Assert.Null(flow["source"]);
        Assert.Equal(false, flow["disabled"]);
    }

    [Fact]
    public async Task A_wrong_flow_is_refused_with_all_problems_and_where_they_are()
    {
        var reply = await api.SendAsync(HttpMethod.Post, "flows", "id: wrong\nnamespace: api.flows\ntasks:\n  - id: t\n    type: core.log.Logg\n  - id: t\n    type: core.log.Log\n    massage: x\n", "application/x-yaml");
        reply.Must(422);
        Assert.Equal("application/problem+json", reply.Response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Invalid type: core.log.Logg", (string)reply["message"]!, StringComparison.Ordinal);
        Assert.True(reply.List("_embedded.errors").Count > 1);
        Assert.NotNull(reply["code"]);
        Assert.Equal(5, reply["line"]);
        Assert.Equal(404, (await api.GetAsync("flows/api.flows/wrong")).Status);
    }

    [Fact]
    public async Task Validation_answers_for_each_document_with_lines_of_the_whole_text()
    {
        var text = Flow("fine") + "---\nid: bad\nnamespace: api.flows\ntasks:\n  - id: t\n    type: core.Unknown\n";
        var rows = (await api.SendAsync(HttpMethod.Post, "flows/validate", text, "application/x-yaml")).Must(200);
        Assert.Null(rows["0.constraints"]);
        Assert.Contains("Invalid type: core.Unknown", (string)rows["1.constraints"]!, StringComparison.Ordinal);
        Assert.Equal(text.Split('\n').ToList().FindIndex(line => line.Contains("core.Unknown", StringComparison.Ordinal)) + 1, rows["1.problems.0.line"]);
    }

    [Fact]
    public async Task A_flow_that_exists_cannot_be_created_again()
    {
        await api.SaveAsync(Flow("twice"));
        (await api.SendAsync(HttpMethod.Post, "flows", Flow("twice"), "application/x-yaml")).Must(409);
    }

    [Fact]
    public async Task An_old_revision_in_If_Match_does_not_overwrite_a_newer_one()
    {
        await api.SaveAsync(Flow("race"));
        (await api.SendAsync(HttpMethod.Put, "flows/api.flows/race", Flow("race", "description: mine\n"), "application/x-yaml")).Must(200);
        var late = new HttpRequestMessage(HttpMethod.Put, "flows/api.flows/race") { Content = new StringContent(Flow("race", "description: theirs\n")) };
        late.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        (await api.SendAsync(late)).Must(409);
        Assert.Equal("mine", (await api.GetAsync("flows/api.flows/race"))["description"]);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_another_request_with_it_is_refused()
    {
        var first = (await api.SendAsync(HttpMethod.Post, "flows", Flow("keyed"), "application/x-yaml", key: "create-keyed")).Must(200);
        var again = (await api.SendAsync(HttpMethod.Post, "flows", Flow("keyed"), "application/x-yaml", key: "create-keyed")).Must(200);
        Assert.Equal(first.Text, again.Text);
        Assert.True(again.Response.Headers.Contains("Idempotency-Replayed"));
        (await api.SendAsync(HttpMethod.Delete, "flows/api.flows/keyed", key: "create-keyed")).Must(422);
    }

    [Fact]
    public async Task Flows_are_found_by_namespace_label_and_text_of_their_source()
    {
        await api.SaveAsync(Flow("sought", "labels: {kind: needle}\ndescription: a very odd sentence\n"));
        Assert.Equal("sought", (await api.GetAsync("flows/search?namespace=api.flows&labels=kind:needle"))["results.0.id"]);
        Assert.Equal("sought", (await api.GetAsync("flows/search?filters[namespace][PREFIX]=api&filters[labels][EQUALS][kind]=needle"))["results.0.id"]);
        var found = await api.GetAsync("flows/source?q=very%20odd%20sentence");
        Assert.Equal("sought", found["results.0.model.id"]);
        Assert.Contains("[mark]very odd sentence[/mark]", (string)found["results.0.fragments.0"]!, StringComparison.Ordinal);
        Assert.Contains("api.flows", (await api.GetAsync("flows/distinct-namespaces")).List());
    }

    [Fact]
    public async Task Replacing_a_namespace_saves_all_or_nothing_and_deletes_what_is_left_out()
    {
        string In(string id) => Flow(id).Replace("api.flows", "api.replaced", StringComparison.Ordinal);
        (await api.SendAsync(HttpMethod.Post, "flows/api.replaced", In("one") + "---\n" + In("two"), "application/x-yaml")).Must(200);
        (await api.SendAsync(HttpMethod.Post, "flows/api.replaced", In("three") + "---\nid: bad\nnamespace: api.replaced\ntasks: []\n", "application/x-yaml")).Must(422);
        Assert.Equal(2, (await api.GetAsync("flows/api.replaced")).List().Count);
        (await api.SendAsync(HttpMethod.Post, "flows/api.replaced?delete=true", In("two"), "application/x-yaml")).Must(200);
        Assert.Single((await api.GetAsync("flows/api.replaced")).List());
    }

    [Fact]
    public async Task Both_paths_with_and_without_the_tenant_work_and_another_tenant_does_not()
    {
        Assert.Equal(200, (await api.GetAsync("flows/search")).Status);
        Assert.Equal(200, (await api.GetAsync("/api/v1/flows/search")).Status);
        Assert.Equal(404, (await api.GetAsync("/api/v1/other/flows/search")).Status);
    }

    internal static string Flow(string id, string more = "", string? retry = null) =>
        $"id: {id}\nnamespace: api.flows\n{more}tasks:\n  - id: say\n    type: core.debug.Return\n    format: hello\n{(retry is null ? "" : $"    retry: {retry}\n")}";
}

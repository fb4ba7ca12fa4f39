namespace FlowApps.Web.Tests.Api;

/// <summary>Tests of flows: fixtures stand in for tasks, what must be true is compared, lists leave the executions out.</summary>
[Collection(ApiTests.Name)]
public sealed class FlowTestApiTests(ApiServer api)
{
    private const string Suite = """
        id: SUITE
        namespace: api.tests
        flowId: SUITE
        testCases:
          - id: stood-in
            type: io.kestra.core.tests.flow.UnitTest
            fixtures:
              inputs: {name: Ada}
              files: {list.txt: three masts}
              trigger: {id: hook, type: core.trigger.Webhook, variables: {body: called}}
              tasks:
                - {id: fetch, outputs: {uri: "{{ files['list.txt'] }}"}}
                - {id: each, value: b, outputs: {value: stood in}}
                - {id: ask, outputs: {onResume: {fine: true}}}
            assertions:
              - {value: "{{ outputs.greet.value }}", equalTo: "Ada has three masts, called"}
              - {value: "{{ outputs.each.a.value }}", equalTo: really a}
              - {value: "{{ outputs.each.b.value }}", startsWith: stood}
              - {value: "{{ outputs.ask.onResume.fine }}", equalTo: true}
              - {value: "{{ outputs.later }}", isNull: true}
              - {value: "{{ execution.outputs.said }}", isNotNull: true, contains: masts}
          - id: wrong
            fixtures: {inputs: {name: Ada}, tasks: [{id: fetch, outputs: {uri: "{{ fileURI('none.txt') ?? 'none' }}"}, state: FAILED}, {id: ask}]}
            assertions: [{value: "{{ outputs.each }}", isNotNull: true, errorMessage: nothing was done}]
          - id: asks
            fixtures: {inputs: {name: Ada}, tasks: [{id: fetch, outputs: {uri: x}}, {id: greet}]}
            assertions: [{value: 1, equalTo: 1}]
          - id: breaks
            fixtures: {inputs: {name: Ada}}
            assertions: [{value: 1, equalTo: 1}]
          - id: breaks-as-expected
            fixtures: {inputs: {name: Ada}}
            expectedState: FAILED
          - {id: lacks-an-input, expectedState: SUCCESS}
          - {id: off, disabled: true, expectedState: SUCCESS}
        """;

    [Fact]
    public async Task Fixtures_stand_in_for_tasks_and_each_case_says_what_came_of_it()
    {
        await SaveAsync("cases");
        var run = (await api.SendAsync(HttpMethod.Post, "tests/api.tests/cases/run")).Must(200);
        Assert.Equal("ERROR", run["state"]);
        Assert.Equal(["SUCCESS", "FAILED", "ERROR", "ERROR", "SUCCESS", "ERROR", "SKIPPED"], run.List("results").Select((_, i) => (string)run[$"results.{i}.state"]!));
        Assert.Equal(("isNotNull", "nothing was done", false), (run["results.1.assertionResults.0.operator"], run["results.1.assertionResults.0.errorMessage"], run["results.1.assertionResults.0.isSuccess"]));
        Assert.Contains("'ask' waits for an answer", (string)run["results.2.errors.0.message"]!, StringComparison.Ordinal);
        Assert.Contains("expectedState: FAILED", (string)run["results.3.errors.0.message"]!, StringComparison.Ordinal);
        Assert.Contains("name", (string)run["results.5.errors.0.message"]!, StringComparison.Ordinal);

        Assert.Equal("TEST", (await api.GetAsync($"executions/{run["results.0.executionId"]}")).Must(200)["kind"]);
        Assert.Equal(0, (await api.GetAsync("executions/search?flowId=cases")).Must(200)["total"]);
        Assert.Equal(run["id"], (await api.GetAsync("tests/api.tests/cases")).Must(200)["lastRun.id"]);
        Assert.Equal(run["id"], (await api.GetAsync($"tests/results/{run["id"]}")).Must(200)["id"]);
    }

    [Fact]
    public async Task Some_cases_can_be_run_and_a_suite_is_kept_with_its_revisions_switched_off_and_deleted()
    {
        await SaveAsync("kept");
        var run = (await api.SendAsync(HttpMethod.Post, "tests/api.tests/kept/run", """{"testCases":["stood-in"]}""")).Must(200);
        Assert.Equal(("SUCCESS", 1), (run["state"], run.List("results").Count));
        Assert.Equal(409, (await SendAsync(HttpMethod.Post, "tests", Of("kept"))).Status);

        (await SendAsync(HttpMethod.Put, "tests/api.tests/kept", Of("kept").Replace("id: wrong", "id: wronger", StringComparison.Ordinal))).Must(200);
        Assert.Equal(2, (await api.GetAsync("tests/api.tests/kept/revisions")).Must(200).List().Count);
        (await api.SendAsync(HttpMethod.Post, "tests/disable/by-ids", """{"ids":[{"namespace":"api.tests","id":"kept"}]}""")).Must(200);
        Assert.Equal(true, (await api.GetAsync("tests/search?flowId=kept"))["results.0.disabled"]);
        Assert.Equal("SKIPPED", (await api.SendAsync(HttpMethod.Post, "tests/run", """{"flowId":"kept"}""")).Must(200)["results.0.state"]);
        Assert.Equal("SKIPPED", (await api.SendAsync(HttpMethod.Post, "tests/results/search/last", """{"testSuiteIds":[{"namespace":"api.tests","id":"kept"}]}""")).Must(200)["results.0.state"]);
        Assert.Equal(2, (await api.GetAsync("tests/results/search?testSuiteId=kept"))["total"]);
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, "tests/api.tests/kept")).Status);
        Assert.Equal(404, (await api.GetAsync("tests/api.tests/kept")).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_the_text_is_said_before_it_is_saved()
    {
        var wrong = (await SendAsync(HttpMethod.Post, "tests/validate", "id: x\nnamespace: api.tests\ntestCases:\n  - id: a\n    assertions: [{value: 1}]\n  - id: b\n    fixtures: {files: {../up: x}, tasks: [{id: t, state: RUNNING}]}\n")).Must(200);
        var text = (string)wrong["constraints"]!;
        Assert.Contains("flowId: must not be null", text, StringComparison.Ordinal);
        var more = (string)(await SendAsync(HttpMethod.Post, "tests/validate", "id: x\nnamespace: api.tests\nflowId: y\ntestCases:\n  - id: a\n    assertions: [{value: 1}]\n  - id: b\n    fixtures: {files: {../up: x}, tasks: [{id: t, state: RUNNING}]}\n")).Must(200)["constraints"]!;
        Assert.Contains("compares with nothing", more, StringComparison.Ordinal);
        Assert.Contains("'../up' is no name of a file", more, StringComparison.Ordinal);
        Assert.Contains("RUNNING is no end of a task", more, StringComparison.Ordinal);
        Assert.Contains("testCases[1].assertions: must not be empty", more, StringComparison.Ordinal);
    }

    private static string Of(string id) => Suite.Replace("SUITE", id, StringComparison.Ordinal);

    private Task<Reply> SendAsync(HttpMethod method, string path, string source) => api.SendAsync(method, path, source, "application/x-yaml");

    private async Task SaveAsync(string id)
    {
        await api.SaveAsync($$$"""
            id: {{{id}}}
            namespace: api.tests
            inputs: [{id: name, type: STRING}]
            tasks:
              - {id: fetch, type: core.execution.Fail}
              - {id: greet, type: core.debug.Return, format: "{{ inputs.name }} has {{ read(outputs.fetch.uri) }}, {{ trigger.body }}"}
              - id: loop
                type: core.flow.ForEach
                values: [a, b]
                tasks: [{id: each, type: core.debug.Return, format: "really {{ taskrun.value }}"}]
              - {id: ask, type: core.flow.Pause, onResume: [{id: fine, type: BOOLEAN}]}
              - {id: later, type: core.debug.Return, format: never, runIf: "{{ false }}"}
            outputs: [{id: said, type: STRING, value: "{{ outputs.greet.value }}"}]
            """);
        (await SendAsync(HttpMethod.Post, "tests", Of(id))).Must(200);
    }
}

using System.Diagnostics;
using System.Text;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Flows;
using FlowApps.Yaml.Tests.Fixtures;
using static FlowApps.Yaml.Tests.Fixtures.Texts;

namespace FlowApps.Yaml.Tests.Flows;

public sealed class FlowReaderTests
{
    [Fact]
    public void Flow_is_bound_with_all_its_parts()
    {
        var flow = Valid("""
            id: one
            namespace: company.team
            revision: 7
            description: What it does
            labels: {team: data, size: 3, "flag": true}
            inputs:
              - {id: name, type: STRING, defaults: 1.10, validator: "[a-z]+"}
              - {id: size, type: INT, min: 1, required: false}
              - {id: kind, type: SELECT, values: [a, {value: b, label: Bee}], dependsOn: {inputs: [name], condition: "{{ true }}"}}
            variables: {z: 1, a: {list: [1, two, 3.5, null]}}
            concurrency: {limit: 2, behavior: CANCEL}
            retry: {type: exponential, interval: PT1S, maxInterval: 10, maxAttempt: 3, behavior: CREATE_NEW_EXECUTION}
            sla: [{id: quick, type: MAX_DURATION, behavior: NONE, duration: PT1H, labels: {late: yes}}]
            outputs: [{id: result, type: STRING, value: "{{ outputs.a.value }}"}]
            checks: [{condition: "{{ true }}", message: no, style: ERROR, behavior: FAIL_EXECUTION}]
            triggers: [{id: often, type: test.Every, interval: PT5M, timezone: Europe/Paris, stopAfter: [FAILED]}]
            tasks:
              - id: a
                type: io.kestra.plugin.test.Say
                message: 12
                delay: "{{ inputs.delay }}"
                level: WARN
                volume: 5
                timeout: PT1M
                options: {words: [a, 2], twice: "true"}
                byName: {x: {words: [y]}}
                retry: {type: constant, interval: PT1S}
            """);

        var say = Assert.IsType<Say>(Assert.Single(flow.Tasks));
        Assert.Equal(("12", "{{ inputs.delay }}", LogLevel.Warn, 5, "PT1M"), ((string)say.Message.Raw, (string)say.Delay!.Raw, say.Level, say.Loudness, (string)say.Timeout!.Raw));
        Assert.Equal(["a", "2"], say.Options!.Words);
        Assert.True(say.Options.Twice);
        Assert.Equal(["y"], say.ByName["x"].Words);
        Assert.Equal(new ConstantRetry(TimeSpan.FromSeconds(1)), say.Retry);
        Assert.Equal([new Label("team", "data"), new Label("size", "3"), new Label("flag", "true")], flow.Labels);
        Assert.Equal(["z", "a"], flow.Variables.Keys);
        Assert.Equal([1, "two", 3.5, null], (IEnumerable<object?>)((IReadOnlyDictionary<string, object?>)flow.Variables["a"]!)["list"]!);
        Assert.Equal(new Concurrency(2, ConcurrencyBehavior.Cancel), flow.Concurrency);
        Assert.Equal(new ExponentialRetry(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)) { MaxAttempts = 3, Behavior = RetryBehavior.CreateNewExecution }, flow.Retry);
        Assert.Equal("yes", Assert.IsType<MaxDurationSla>(Assert.Single(flow.Sla)).Labels[0].Value);
        Assert.Equal(("1.10", InputType.String), (flow.Inputs[0].Defaults, flow.Inputs[0].Type));
        Assert.Equal([new InputOption("a"), new InputOption("b", "Bee")], flow.Inputs[2].Values!);
        Assert.Equal(new Check("{{ true }}", "no", CheckStyle.Error, CheckBehavior.FailExecution), Assert.Single(flow.Checks));
        Assert.Equal("Europe/Paris", Assert.IsType<Every>(Assert.Single(flow.Triggers)).Timezone!.Id);
        Assert.Equal(1, flow.Revision);
    }

    public static TheoryData<string, string, string> Wrongs() => new()
    {
        { "  - id: a\n    type: test.Say\n    ^mesage: x\n    message: y\n", "tasks[0].mesage", "Unrecognized field \"mesage\" in test.Say" },
        { "  - ^id: a\n    type: test.Say\n", "tasks[0].message", "must not be null" },
        { "  - id: a\n    type: test.Say\n    message: ^~\n", "tasks[0].message", "must not be null" },
        { "  - id: a\n    type: ^test.Sai\n", "tasks[0].type", "Invalid type: test.Sai" },
        { "  - id: a\n    type: ^test.Every\n", "tasks[0].type", "Invalid type: test.Every is a trigger, but a task is expected here" },
        { "  - ^id: a\n", "tasks[0].type", "missing type: a task needs a `type`" },
        { "  - id: ^a b\n    type: test.Say\n    message: x\n", "tasks[0].id", "'a b' must match \"^[a-zA-Z0-9][a-zA-Z0-9_-]*\"" },
        { "  - ^type: test.Say\n    message: x\n", "tasks[0].id", "must not be null" },
        { "  - {id: a, type: test.Say, message: x, level: ^LOUD}\n", "tasks[0].level", "one of TRACE, DEBUG, INFO, WARN, ERROR is expected, but found `LOUD`" },
        { "  - {id: a, type: test.Say, message: x, loudness: ^loud}\n", "tasks[0].loudness", "a whole number is expected, but found `loud`" },
        { "  - {id: a, type: test.Say, message: x, loudness: ^11}\n", "tasks[0].loudness", "is too loud" },
        { "  - {id: a, type: test.Say, message: x, loudness: 1, ^volume: 2}\n", "tasks[0].volume", "Duplicate field 'tasks[0].volume': it is another name of `loudness`" },
        { "  - {id: a, type: test.Say, message: x, timeout: ^5 minutes}\n", "tasks[0].timeout", "an ISO-8601 duration" },
        { "  - {id: a, type: test.Say, message: x, pause: ^[1]}\n", "tasks[0].pause", "but found a list" },
        { "  - {id: a, type: test.Say, message: x, options: ^text}\n", "tasks[0].options", "a map is expected, but found `text`" },
        { "  - {id: a, type: test.Say, message: x, options: {words: ^one}}\n", "tasks[0].options.words", "a list is expected, but found `one`" },
        { "  - {id: a, type: test.Say, message: x, options: {words: [1, 2, ^3]}}\n", "tasks[0].options.words[2]", "too many words" },
        { "  - {id: a, type: test.Say, message: x, byName: {k: {^twise: true}}}\n", "tasks[0].byName.k.twise", "Unrecognized field \"twise\"" },
        { "  - {id: a, type: test.Say, message: x, runIf: ^{ x }}\n", "tasks[0].runIf", "text is expected, but found a map" },
        { "  - {id: a, type: test.Group, tasks: ^[]}\n", "tasks[0].tasks", "must not be empty" },
        { "  - {id: a, type: test.Group, tasks: [{id: ^a, type: test.Say, message: x}]}\n", "tasks[0].tasks[0].id", "Duplicate task id with name [a]" },
        { "  - {id: a, type: test.Group, tasks: [{id: b, type: test.Say, message: x}], cases: {y.z: [^{id: c, type: test.Say}]}}\n", "tasks[0].cases.y.z[0].message", "must not be null" },
        { "  - {id: a, type: test.Say, message: x, retry: {type: constant, interval: ^PT10S, maxDuration: PT1S}}\n", "tasks[0].retry.interval", "'interval' must be less than 'maxDuration' but is PT10S" },
        { "  - {id: a, type: test.Say, message: x, retry: {type: ^linear}}\n", "tasks[0].retry.type", "Invalid type: linear" },
        { "  - {id: a, type: test.Say, message: x, workerGroup: ^{key: gpu}}\n", "tasks[0].workerGroup", "Worker Group is an Enterprise Edition functionality" },
        { "  - {id: a, type: test.Group, tasks: [{id: b, type: test.Say, message: x}], cases: {c: ^null}}\n", "tasks[0].cases.c", "must not be null" },
        { "  - ^text\n", "tasks[0]", "a map is expected, but found `text`" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Problem_names_path_line_and_column(string marked, string path, string message)
    {
        var at = Flow(marked).IndexOf('^', StringComparison.Ordinal);
        var before = Flow(marked)[..at];
        var reading = Reader.Read(Flow(marked).Remove(at, 1));

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal((before.Count(c => c == '\n') + 1, at - before.LastIndexOf('\n')), (problem.Line, problem.Column));
        Assert.Null(reading.Flow);
        Assert.Equal(("company.team", "one"), (reading.Namespace, reading.Id));
    }

    [Fact]
    public void Expression_without_quotes_is_explained() =>
        Assert.Contains(Reader.Read(Flow("  - {id: a, type: test.Say, message: x, runIf: {{ x }}}\n")).Problems, p => p.Suggestion?.Contains("quotes", StringComparison.Ordinal) == true);

    public static TheoryData<string, string, string> WrongTops() => new()
    {
        { "id: a#b\nnamespace: x\n", "id", "'a#b' must match" },
        { "id: a\nnamespace: MY$SPACE\n", "namespace", "'MY$SPACE' must match" },
        { "id: a\nnamespace: x\nlabels: {system.user: me}\n", "labels.system.user", "System labels can only be set by Kestra itself, offending label: system.user=me" },
        { "id: a\nnamespace: x\nlabels: {team: [a]}\n", "labels.team", "text is expected, but found a list" },
        { "id: a\nnamespace: x\ntrigers: []\n", "trigers", "Unrecognized field \"trigers\" in the flow" },
        { "id: a\nnamespace: x\ninputs: [{id: a, type: STRING}, {id: a, type: INT}]\n", "inputs[1].id", "Duplicate input with name [a]" },
        { "id: a\nnamespace: x\ninputs: [{id: a, type: FOO}]\n", "inputs[0].type", "Invalid type: FOO" },
        { "id: a\nnamespace: x\ninputs: [{id: a}]\n", "inputs[0].type", "missing type" },
        { "id: a\nnamespace: x\ninputs: [{id: a, type: STRING, min: 3}]\n", "inputs[0].min", "Unrecognized field \"min\" in an input of type STRING" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: FILE, defaults: x}]\n", "inputs[0].defaults", "f: no `defaults` can be set for inputs of type 'FILE'" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: ARRAY, itemType: ARRAY}]\n", "inputs[0].itemType", "f: `itemType` cannot be `ARRAY`" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: STRING, validator: '['}]\n", "inputs[0].validator", "invalid pattern" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: SELECT}]\n", "inputs[0]", "`values` or `expression` must be set" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: STRING, dependsOn: {inputs: [g]}}]\n", "inputs[0].dependsOn.inputs[0]", "depends on a non-existent input 'g'" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: STRING, dependsOn: {inputs: [g]}}, {id: g, type: STRING, dependsOn: {inputs: [f]}}]\n", "inputs[0].dependsOn.inputs[0]", "Cyclic dependency" },
        { "id: a\nnamespace: x\noutputs: [{id: o, type: STRING}]\n", "outputs[0].value", "must not be null" },
        { "id: a\nnamespace: x\noutputs: [{id: o, type: TEXT, value: 1}]\n", "outputs[0].type", "Invalid type: TEXT" },
        { "id: a\nnamespace: x\ninputs: [{id: f, type: STRING, dependsOn: {inputs: [f]}}]\n", "inputs[0].dependsOn.inputs[0]", "cannot depend on itself" },
        { "id: a\nnamespace: x\nconcurrency: {limit: 0}\n", "concurrency.limit", "must be greater than 0" },
        { "id: a\nnamespace: x\nsla: [{id: s, type: MAX_DURATION, behavior: FAIL}]\n", "sla[0].duration", "must not be null" },
        { "id: a\nnamespace: x\ntriggers: [{id: t, type: test.Every, timezone: Foo/Bar}]\n", "triggers[0].timezone", "`Foo/Bar` is not a valid time-zone ID" },
        { "id: a\nnamespace: x\nlisteners: [{tasks: []}]\n", "listeners[0].tasks", "must not be empty" },
        { "id: a\nnamespace: x\npluginDefaults: [{type: test.Say}]\n", "pluginDefaults[0].values", "must not be null" },
        { "id: a\nnamespace: x\npluginDefaults: [{type: test.Say, values: {loud: 1}}]\n", "pluginDefaults[0].values.loud", "Unrecognized field \"loud\" in test.Say" },
        { "id: a\nnamespace: x\npluginDefaults: [{type: test.Say, values: {message: }}]\n", "pluginDefaults[0].values.message", "must not be null" },
    };

    [Theory]
    [InlineData("who.name", "Did you mean `name`?")]
    [InlineData("other.kind", "Only inputs of the same FORM can be listed here")]
    public void A_dependency_inside_a_form_says_how_it_is_named(string wanted, string hint)
    {
        var reading = Texts.Reader.Read($"id: a\nnamespace: x\ninputs: [{{id: who, type: FORM, inputs: [{{id: name, type: STRING}}, {{id: mail, type: EMAIL, dependsOn: {{inputs: [{wanted}]}}}}]}}]\ntasks: [{{id: b, type: test.Say, message: m}}]\n");
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("inputs[0].inputs[1].dependsOn.inputs[0]", problem.Path);
        Assert.StartsWith(hint, problem.Suggestion, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongTops))]
    public void Problem_of_a_part_names_its_path(string head, string path, string message)
    {
        var reading = Reader.Read(head + "tasks: [{id: t, type: test.Say, message: x}]\n");
        var problem = Assert.Single(reading.Problems, p => p.Path == path && p.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(problem.Line > 0 && problem.Column > 0);
        Assert.Null(reading.Flow);
    }

    [Theory]
    [InlineData("mesage", "Did you mean `message`?")]
    [InlineData("timout", "Did you mean `timeout`?")]
    [InlineData("alowFailure", "Did you mean `allowFailure`?")]
    [InlineData("strenght", "Did you mean `strength`?")]
    public void Typo_gets_the_nearest_property(string written, string suggestion) =>
        Assert.Contains(Reader.Read(Flow($"  - {{id: a, type: test.Say, {written}: x, message: y}}\n")).Problems, p => p.Suggestion == suggestion);

    [Fact]
    public void Typo_in_a_type_gets_the_nearest_type()
    {
        Assert.Contains(Reader.Read(Flow("  - {id: a, type: io.kestra.plugin.test.Sya}\n")).Problems, p => p.Suggestion == "Did you mean `io.kestra.plugin.test.Say`?");
        Assert.Contains(Reader.Read(Flow("  - {id: a, type: core.debug.Say}\n")).Problems, p => p.Suggestion == "Did you mean `test.Say`?");
    }

    [Fact]
    public void All_problems_are_reported_at_once_in_the_order_of_the_text()
    {
        var reading = Reader.Read("id: '#'\nnamespace: X\nlabels: 3\ntasks:\n  - {id: a, type: nope}\n  - {id: b, type: test.Say, extra: 1}\n  - {id: b, type: test.Say, message: x}\n  - {id: b, type: test.Say, message: x}\n");

        Assert.Equal(["id", "namespace", "labels", "tasks[0].type", "tasks[1].message", "tasks[1].extra", "tasks[3].id"], reading.Problems.Select(p => p.Path));
        Assert.Equal([1, 2, 3, 5, 6, 6, 8], reading.Problems.Select(p => p.Line));
    }

    [Fact]
    public void Unknown_property_is_a_warning_when_not_strict()
    {
        var reading = Reader.Read(Flow("  - {id: a, type: test.Say, message: x, extra: 1}\n"), strict: false);
        Assert.NotNull(reading.Flow);
        Assert.Equal("tasks[0].extra", Assert.Single(reading.Warnings).Path);
    }

    [Fact]
    public void Old_names_and_old_things_are_remarked_and_not_refused()
    {
        var reading = Reader.Read(Flow("  - id: g\n    type: test.Group\n    tasks:\n      - {id: a, type: io.kestra.plugin.old.Say, message: x, text: y}\n"));

        Assert.NotNull(reading.Flow);
        Assert.Equal(["io.kestra.plugin.old.Say is replaced by io.kestra.plugin.test.Say"], reading.Infos);
        Assert.Equal(["tasks[0]", "tasks[0].tasks[0].text"], reading.DeprecationPaths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plugin_defaults_are_merged_by_strength()
    {
        var reader = new FlowReader(Catalogue, new FlowReaderOptions
        {
            PluginDefaults =
            [
                new PluginDefault("test.Say", Domain.Values.Data.Map(("loudness", 1), ("text", "global"), ("options", Domain.Values.Data.Map(("twice", true), ("words", new List<object?> { "g" }))))),
                new PluginDefault("io.kestra.plugin.test", Domain.Values.Data.Map(("description", "forced global"), ("unheard", 1)), Forced: true),
            ],
        });
        var flow = Valid(Flow(
            "  - id: g\n    type: test.Group\n    tasks:\n      - {id: a, type: io.old.Say, message: own, options: {words: [o]}}\n",
            "pluginDefaults:\n  - {type: io.kestra.plugin.test.Say, values: {loudness: 2, message: default}}\n  - {type: test.Say, values: {loudness: 4}}\n"), reader);

        var say = Assert.IsType<Say>(((Group)flow.Tasks[0]).Tasks[0]);
        Assert.Equal(("own", 2, "global", "forced global", true), ((string)say.Message.Raw, say.Loudness, say.Text, say.Description, say.Options!.Twice));
        Assert.Equal(["g", "o"], say.Options.Words);
        Assert.Equal("forced global", flow.Tasks[0].Description);
    }

    [Fact]
    public void Documents_are_read_each_with_its_own_problems()
    {
        var readings = Reader.ReadAll("id: first\nnamespace: x\ntasks: [{id: a, type: test.Say, extra: 1, message: x}]\n---\nid: second\nnamespace: x\ntasks: [{id: a, type: nope}]\n");

        Assert.Equal(["first", "second"], readings.Select(r => r.Id));
        Assert.Equal([3, 7], readings.Select(r => Assert.Single(r.Problems).Line));
    }

    [Fact]
    public void Problems_with_a_path_alone_are_placed()
    {
        var placed = FlowReader.Place(Flow("  - {id: a, type: test.Say, message: x}\n"), [new Problem("x", "x", "tasks[0].message"), new Problem("y", "y", "tasks[0].gone.far")]);
        Assert.Equal([(4, 38), (4, 5)], placed.Select(p => (p.Line!.Value, p.Column!.Value)));
    }

    [Fact]
    public void Depending_on_inputs_in_a_circle_is_no_problem_of_the_circle() =>
        Assert.Equal(["inputs[1].dependsOn.inputs[0]", "inputs[2].dependsOn.inputs[0]"], Reader.Read(
            "id: a\nnamespace: x\ninputs: [{id: before, type: STRING, dependsOn: {inputs: [a]}}, {id: a, type: STRING, dependsOn: {inputs: [b]}}, {id: b, type: STRING, dependsOn: {inputs: [a, after]}}, {id: after, type: STRING}]\ntasks: [{id: t, type: test.Say, message: x}]\n")
            .Problems.Select(p => p.Path));

    public static TheoryData<string> Floods() => ["tasks", "fields", "inputs"];

    [Theory]
    [MemberData(nameof(Floods))]
    public void Flood_of_problems_is_read_in_bounded_time(string kind)
    {
        var source = kind switch
        {
            "tasks" => Flow(string.Concat(Enumerable.Range(0, 9_000).Select(i => $"  - {{id: t, type: core.flow.Unknown{i}}}\n"))),
            "fields" => Flow("  - id: a\n    type: test.Say\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"    loudnes{i}: 1\n"))),
            _ => Flow("  - {id: a, type: test.Say, message: x}\n", "inputs:\n" + string.Concat(Enumerable.Range(0, 3_500).Select(i => $"  - {{id: i{i}, type: STRING, dependsOn: {{inputs: [i{i + 1}]}}}}\n")) + "  - {id: i3500, type: STRING}\n"),
        };
        var started = Stopwatch.GetTimestamp();
        var reading = Reader.Read(source);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 30);
        Assert.Equal(kind == "inputs" ? 0 : 100, reading.Problems.Count);
    }

    [Fact]
    public void Two_hundred_tasks_are_read_in_milliseconds()
    {
        var tasks = new StringBuilder();
        for (var i = 0; i < 200; i++) tasks.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - id: t{i}\n    type: io.kestra.plugin.test.Say\n    message: Hello {{{{ inputs.name }}}}\n    level: INFO\n    timeout: PT5M\n    retry: {{type: constant, interval: PT1S, maxAttempt: 3}}\n");
        var source = Flow(tasks.ToString());
        for (var i = 0; i < 20; i++) Valid(source);
        var best = Enumerable.Range(0, 20).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            Valid(source);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        });
        Assert.InRange(best, 0, 1000);
    }
}

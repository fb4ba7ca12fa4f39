using System.Text.Json;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Schema;
using FlowApps.Yaml.Tests.Schema;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tests.Conformance;

/// <summary>The sets <c>parse</c>, <c>invalid</c> and <c>validations</c> of the conformance kit, in process, with the product's own plugins.</summary>
public sealed class ConformanceTests
{
    private static readonly JsonSchemaCheck FlowSchema = new(new SchemaWriter(Corpus.Catalogue).Flow());

    public static TheoryData<string> ValidFlows()
    {
        var flows = new TheoryData<string> { "" };
        if (Corpus.Folder is null) return flows;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Corpus.Folder, "flows", "valids")).Order(StringComparer.Ordinal)) flows.Add("valids/" + Path.GetFileName(file));
        foreach (var entry in Corpus.Set("valid_parse").Select(e => e.GetProperty("flow").GetString()!))
            if (!entry.StartsWith("valids/", StringComparison.Ordinal)) flows.Add(entry);
        return flows;
    }

    [CorpusTheory]
    [MemberData(nameof(ValidFlows))]
    public void Valid_flow_is_read_without_problems(string flow)
    {
        if (flow.Length == 0) return;
        var reading = Read(Corpus.Read(flow), strict: !flow.StartsWith("invalids/", StringComparison.Ordinal));
        Assert.Equal([], reading.Select(p => $"{p.Line}: {p}"));
    }

    [CorpusTheory]
    [MemberData(nameof(ValidFlows))]
    public void Schema_accepts_what_the_reader_accepts(string flow)
    {
        if (flow.Length == 0 || Corpus.Reader.Read(Corpus.Read(flow)).Problems.Count > 0) return;
        Assert.Empty(FlowSchema.Violations(YamlText.Read(Corpus.Read(flow)).Root!.ToData()));
    }

    public static TheoryData<string> InvalidFlows() => Names("invalid");

    [CorpusTheory]
    [MemberData(nameof(InvalidFlows))]
    public void Invalid_flow_gets_the_expected_messages(string name)
    {
        if (name.Length == 0) return;
        var wanted = Corpus.Set("invalid").Single(c => c.GetProperty("case").GetString() == name);
        var source = Corpus.Read(wanted.GetProperty("flow").GetString()!);
        if (wanted.GetProperty("kind").GetString() == "warnings")
        {
            var reading = Corpus.Reader.Read(source);
            Assert.Empty(reading.Problems);
            Assert.Equal("tasks[0]", reading.DeprecationPaths[0]);
            Assert.Equal("io.kestra.core.tasks.log.Log is replaced by io.kestra.plugin.core.log.Log", reading.Infos[0]);
            return;
        }
        var problems = source.Contains("\n---", StringComparison.Ordinal) ? [.. Corpus.Reader.ReadAll(source).SelectMany(r => r.Problems)] : Read(source, strict: true);
        foreach (var error in wanted.GetProperty("errors").EnumerateArray()) Assert.True(Corpus.Says(error, problems), $"{error} is not in:\n{string.Join("\n", problems)}");
        Assert.All(problems, p => Assert.True(p.Line > 0 && p.Column > 0, $"{p} has no place"));
    }

    public static TheoryData<string> Validations() => Names("validation_cases");

    [CorpusTheory]
    [MemberData(nameof(Validations))]
    public void Part_is_judged_as_expected(string name)
    {
        if (name.Length == 0) return;
        var wanted = Corpus.Set("validation_cases").Single(c => c.GetProperty("case").GetString() == name);
        if (Wrapped(wanted.GetProperty("object").EnumerateObject().Single()) is not { } source) return;
        var problems = Read(source, strict: true);
        if (wanted.GetProperty("valid").GetBoolean()) Assert.Empty(problems);
        else foreach (var error in wanted.GetProperty("errors").EnumerateArray()) Assert.True(Corpus.Says(error, problems), $"{error} is not in:\n{string.Join("\n", problems)}");
    }

    public static TheoryData<string> Tasks() => Names("task_cases");

    [CorpusTheory]
    [MemberData(nameof(Tasks))]
    public void Task_of_a_run_is_read_without_problems(string name)
    {
        if (name.Length == 0) return;
        var wanted = Corpus.Set("task_cases").Single(c => c.GetProperty("case").GetString() == name);
        var task = Data.Map(("id", "task"), ("type", wanted.GetProperty("type").GetString()));
        if (wanted.GetProperty("props") is { ValueKind: JsonValueKind.Object } props)
            foreach (var property in props.EnumerateObject()) task[property.Name] = Made(Data.From(property.Value));
        Assert.Empty(Read(Data.Write(Data.Map(("id", "one"), ("namespace", "company"), ("tasks", new List<object?> { task }))), strict: true));
    }

    /// <summary>What the kit makes while it runs (a stored file) is a URI by then.</summary>
    private static object? Made(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map when map.Keys.Any(k => k.StartsWith('$')) => "kestra:///made",
        IReadOnlyDictionary<string, object?> map => Data.Map([.. map.Select(e => (e.Key, Made(e.Value)))]),
        IReadOnlyList<object?> list => list.Select(Made).ToList(),
        _ => value,
    };

    /// <summary>A minimal flow around the part, as JSON, which is YAML.</summary>
    private static string? Wrapped(JsonProperty part)
    {
        var value = part.Value.GetRawText();
        const string task = """{"id": "task", "type": "io.kestra.plugin.core.debug.Return", "format": "text"}""";
        static string Flow(string task, string more = "") => $$"""{"id": "wrapped", "namespace": "io.kestra.tests", {{more}}"tasks": [{{task}}]}""";
        static string Listening(string preconditions) => Flow(task, $$"""  "triggers": [{"id": "listen", "type": "io.kestra.plugin.core.trigger.Flow", "preconditions": {{preconditions}}}],""");
        return part.Name switch
        {
            "retry" => Flow(task[..^1] + $$""", "retry": {{value}}}"""),
            "sla" => Flow(task, $"\"sla\": [{value}],"),
            "pluginDefault" => Flow(task, $"\"pluginDefaults\": [{value}],"),
            "preconditionFilter" => Listening($$"""{"id": "c", "where": [{"id": "w", "filters": [{{value}}]}]}"""),
            "timeWindow" => Listening($$"""{"id": "c", "timeWindow": {{value}}, "flows": [{"namespace": "io.kestra.tests", "flowId": "minimal"}]}"""),
            "regex" => Flow(task, $$""" "inputs": [{"id": "text", "type": "STRING", "validator": {{value}}}],"""),
            "trigger" => Flow(task, $"\"triggers\": [{value}],"),
            "timezone" => Flow(task, $$""" "triggers": [{"id": "s", "type": "io.kestra.plugin.core.trigger.Schedule", "cron": "0 9 * * *", "timezone": {{value}}}],"""),
            "task" => Flow(value),
            // No flow can hold the others.
            _ => null,
        };
    }

    private static List<Problem> Read(string source, bool strict) => [.. Corpus.Reader.Read(source, strict).Problems];

    private static TheoryData<string> Names(string set) => [.. Corpus.Set(set).Select(c => c.GetProperty("case").GetString()!).DefaultIfEmpty("")];
}

using System.Diagnostics;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Apps;
using FlowApps.Yaml.Schema;
using FlowApps.Yaml.Tests.Conformance;
using FlowApps.Yaml.Tests.Fixtures;

namespace FlowApps.Yaml.Tests.Flows;

public sealed class FuzzTests
{
    private const string Seed = """
        id: seed
        namespace: company.team
        description: |
          Some text
            with lines
        labels: {team: data, "on": yes}
        inputs:
          - {id: name, type: STRING, defaults: me}
          - id: kind
            type: SELECT
            values: [a, {value: b, label: Bee}]
            dependsOn: {inputs: [name], condition: "{{ inputs.name == 'me' }}"}
        variables: &vars
          number: 0x1F
          nested: {list: [1, two, 3.5, null]}
        pluginDefaults:
          - {type: test.Say, values: {loudness: 2}}
        triggers: [{id: often, type: test.Every, interval: PT5M}]
        tasks:
          - id: group
            type: test.Group
            tasks:
              - {id: a, type: test.Say, message: "{{ inputs.name }}"}
            cases:
              one:
                - id: b
                  type: test.Say
                  message: >
                    folded
                    text
          - id: c
            type: io.kestra.plugin.test.Say
            message: 'quoted ''text'''
            retry: {type: random, minInterval: PT1S, maxInterval: PT5S}
            byName: {x: {words: [y, z]}}
        outputs: [{id: result, type: JSON, value: *vars}]
        """;

    private const string AppSeed = """
        id: request
        type: apps.Execution
        displayName: Request data
        namespace: company.team
        flowId: request-data
        access: {type: PRIVATE, groups: [Admins], catalog: false}
        expiration: {startDate: 2025-01-01T00:00:00Z}
        tags: [data, 2]
        layout:
          - on: OPEN
            blocks:
              - {type: apps.core.blocks.Markdown, content: "## Hello"}
              - type: apps.execution.blocks.CreateExecutionForm
              - {type: apps.execution.blocks.CreateExecutionButton, text: Send, style: SUCCESS, size: LARGE}
          - on: SUCCESS
            blocks:
              - type: apps.execution.blocks.Outputs
                filter: {include: [file]}
              - {type: apps.core.blocks.RedirectTo, url: /home, delay: PT60S}
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>So many mutants of each seed; more at night: FLOWAPPS_MUTANTS.</summary>
    private static readonly int Mutants = int.Parse(Environment.GetEnvironmentVariable("FLOWAPPS_MUTANTS") ?? "5000", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mutated_flow_is_read_or_refused_but_never_breaks_the_reader(int seed)
    {
        Assert.Empty(Texts.Reader.Read(Seed).Problems);
        EachMutant(Seed, seed, text => Texts.Reader.Read(text) is var reading ? (reading.Flow is not null, reading.Problems) : default);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    public void Mutated_app_is_read_or_refused_but_never_breaks_the_reader(int seed)
    {
        var reader = new AppReader(Texts.Catalogue);
        Assert.Empty(reader.Read(AppSeed).Problems);
        EachMutant(AppSeed, seed, text => reader.Read(text) is var reading ? (reading.App is not null, reading.Problems) : default);
    }

    /// <summary>Every property of every plugin: misspelt, with values of the wrong shape, given twice. Whatever is refused says where.</summary>
    [Fact]
    public void Every_property_is_refused_at_its_place_when_it_is_misspelt_or_of_the_wrong_shape()
    {
        var cases = 0;
        foreach (var doc in new PluginDocs(Corpus.Catalogue).All.Where(doc => doc.Kind is "task" or "trigger" or "condition"))
            foreach (var property in doc.Properties.Where(property => property.Name is not ("id" or "type")))
            {
                var unknown = Refused(doc, $"{property.Name}X: 1", must: true);
                Assert.Contains(unknown, problem => problem.Code == "unknown_field" && problem.Message.Contains($"{property.Name}X", StringComparison.Ordinal));
                Refused(doc, $"{property.Name}: {{no: [such, {{thing: at all}}]}}", must: false);
                Refused(doc, $"{property.Name}: [[1, {{a: b}}], 2]", must: false);
                Refused(doc, $"{property.Name}: 1\n  {property.Name}: 1", must: true);
                cases += 4;
            }
        Assert.InRange(cases, 600, 100_000);
    }

    private static IReadOnlyList<Problem> Refused(PluginDoc doc, string line, bool must)
    {
        var own = $"- id: x\n  type: {doc.Type}\n  {line}\n";
        var text = $"id: one\nnamespace: company.team\n{(doc.Kind == "task" ? "" : "tasks: [{id: a, type: core.log.Log, message: b}]\n")}" + doc.Kind switch
        {
            "task" => $"tasks:\n{own}",
            "trigger" => $"triggers:\n{own}",
            _ => $"triggers:\n- id: t\n  type: core.trigger.Flow\n  conditions:\n  - {own[2..].Replace("id: x\n  ", "", StringComparison.Ordinal).Replace("\n", "\n  ", StringComparison.Ordinal).TrimEnd(' ')}",
        };
        var reading = Corpus.Reader.Read(text);
        Assert.True(!must || reading.Problems.Count > 0, $"Accepted:\n{text}");
        Assert.All(reading.Problems, problem => Assert.True(IsPlaced(problem, text), $"{problem} at {problem.Line}:{problem.Column} in\n{text}"));
        return reading.Problems;
    }

    private static void EachMutant(string original, int seed, Func<string, (bool IsRead, IReadOnlyList<Problem> Problems)> read)
    {
        var random = new Random(seed);
        for (var i = 0; i < Mutants; i++)
        {
            var text = Mutations.Of(original, random);
            var started = Stopwatch.GetTimestamp();
            var (isRead, problems) = read(text);
            Assert.True(Stopwatch.GetElapsedTime(started) < Longest, $"seed {seed}, mutant {i}:\n{text}");
            Assert.Equal(!isRead, problems.Count > 0);
            Assert.All(problems, p => Assert.True(IsPlaced(p, text), $"seed {seed}, mutant {i}: {p} at {p.Line}:{p.Column} in\n{text}"));
        }
    }

    [Fact]
    public void Nine_of_ten_slips_of_one_letter_get_the_right_suggestion()
    {
        var (right, all) = (0, 0);
        foreach (var name in RecordNames())
        {
            for (var at = 0; at < name.Length; at++)
            {
                var slip = name.Remove(at, 1).Insert(at, "x");
                var problems = Texts.Reader.Read(Texts.Flow($"  - {{id: a, type: test.Say, {slip}: x, message: y}}\n")).Problems;
                if (problems.FirstOrDefault(p => p.Code == "unknown_field") is not { } problem) continue;
                all++;
                if (problem.Suggestion == $"Did you mean `{name}`?") right++;
            }
        }
        Assert.InRange(all, 100, 1000);
        Assert.InRange(right, all * 9 / 10, all);
    }

    private static IEnumerable<string> RecordNames() =>
        new PluginDocs(Texts.Catalogue).Find("test.Say")!.Properties.Select(p => p.Name).Where(n => n.Length > 2);

    private static bool IsPlaced(Problem problem, string text) => problem is { Line: > 0, Column: > 0 } && problem.Line <= text.Count(c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085') + 1;
}

using System.Diagnostics;
using FlowApps.Domain.Problems;
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_flow_is_read_or_refused_but_never_breaks_the_reader(int seed)
    {
        Assert.Empty(Texts.Reader.Read(Seed).Problems);
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var text = Mutations.Of(Seed, random);
            var started = Stopwatch.GetTimestamp();
            var reading = Texts.Reader.Read(text);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2), text);
            Assert.Equal(reading.Flow is null, reading.Problems.Count > 0);
            Assert.All(reading.Problems, p => Assert.True(IsPlaced(p, text), $"{p} at {p.Line}:{p.Column} in\n{text}"));
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
        new FlowApps.Yaml.Schema.PluginDocs(Texts.Catalogue).Find("test.Say")!.Properties.Select(p => p.Name).Where(n => n.Length > 2);

    private static bool IsPlaced(Problem problem, string text) => problem is { Line: > 0, Column: > 0 } && problem.Line <= text.Count(c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085') + 1;
}

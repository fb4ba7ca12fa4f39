using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Testing.Conformance;
using Map = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlowApps.Engine.Tests.Conformance;

public sealed class InputCaseTests
{
    private static readonly Dictionary<string, object?> Base = new()
    {
        ["string"] = "myString",
        ["enum"] = "ENUM_VALUE",
        ["int"] = "42",
        ["float"] = "42.42",
        ["bool"] = "false",
        ["instant"] = "2019-10-06T18:27:49Z",
        ["date"] = "2019-10-06",
        ["time"] = "18:27:49",
        ["duration"] = "PT5M6S",
        ["file"] = "kestra:///io/kestra/tests/inputs/executions/test/inputs/file/application-test.yml",
        ["json"] = "{\"a\": \"b\"}",
        ["uri"] = "https://www.google.com",
        ["nested.string"] = "a string",
        ["nested.more.int"] = "123",
        ["nested.bool"] = "true",
        ["validatedString"] = "A123",
        ["validatedInt"] = "12",
        ["validatedDate"] = "2023-01-02",
        ["validatedDateTime"] = "2023-01-01T00:00:10Z",
        ["validatedDuration"] = "PT15S",
        ["validatedFloat"] = "0.42",
        ["validatedTime"] = "11:27:49",
        ["secret"] = "secret",
        ["array"] = "[1, 2, 3]",
        ["yaml"] = "some: property\nalist:\n- of\n- values",
    };

    public static TheoryData<string> Names() => [.. Corpus.Set("input_cases").Select(c => (string)c["case"]!).Where(name => name != "validate-does-not-store-file")];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Inputs_resolve_as_the_corpus_says(string name)
    {
        var @case = Corpus.Set("input_cases").First(c => c["case"] is string id && id == name);
        var expect = (Map)@case["expect"]!;
        var resolved = Resolve(@case);
        if (expect.GetValueOrDefault("inputs") is Map inputs) Covers(inputs, InputResolver.ToMap(resolved));
        if (expect.GetValueOrDefault("error") is { } error)
            Assert.Contains(error as string ?? (string)((Map)error)["$contains"]!, string.Join("\n", resolved.SelectMany(r => r.Errors)));
        foreach (var wanted in (expect.GetValueOrDefault("resolved") as IReadOnlyList<object?> ?? []).Cast<Map>())
        {
            var found = resolved.Single(r => r.Input.Id == (string)wanted["id"]!);
            if (wanted.GetValueOrDefault("enabled") is bool enabled) Assert.Equal(enabled, found.Enabled);
            if (wanted.GetValueOrDefault("value") is { } value) Assert.Equal(value, found.Value);
            if (wanted.GetValueOrDefault("hasError") is bool wrong) Assert.Equal(wrong, found.Errors.Count > 0);
        }
    }

    private static IReadOnlyList<ResolvedInput> Resolve(Map @case)
    {
        var resolver = new InputResolver(new ExpressionEngine(new ExpressionOptions()));
        if (@case.GetValueOrDefault("inputsDef") is IReadOnlyList<object?> definitions)
        {
            var flow = Harness.Flows.Of($"inputs: {Data.Write(definitions)}\ntasks: [{{id: a, type: test.Work}}]");
            return resolver.Resolve(flow.Inputs, (Map)@case["data"]!, Scope.Empty);
        }
        var given = new Dictionary<string, object?>(Base);
        foreach (var (key, value) in (Map)@case["override"]!)
            if (value is null or Map) given.Remove(key);
            else given[key] = value;
        return resolver.Resolve(Harness.Flows.Read(Corpus.Read((string)@case["flow"]!)).Inputs, given, Scope.Empty, text => $"closed:{text}");
    }

    private static void Covers(Map wanted, Map actual)
    {
        foreach (var (key, value) in wanted)
            switch (value)
            {
                case Map { Count: 1 } map when map.Keys.Single() is "$encrypted": Assert.Equal($"closed:{map["$encrypted"]}", ((Map)actual[key]!)["value"]); break;
                case Map { Count: 1 } map when map.Keys.Single() is "$instant" or "$date" or "$time" or "$duration": Assert.Equal(map.Values.Single(), actual[key]); break;
                case Map map: Covers(map, (Map)actual[key]!); break;
                default: Assert.Equal(Data.Write(value), Data.Write(actual[key])); break;
            }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Testing.Conformance;
using Map = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlowApps.Engine.Tests.Conformance;

public sealed partial class ConditionCaseTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static TheoryData<string> Names() => [.. Corpus.Set("condition_cases").Select(c => (string)c["case"]!)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Condition_holds_as_the_corpus_says(string name)
    {
        var @case = Corpus.Set("condition_cases").First(c => c["case"] is string id && id == name);
        var properties = Data.Map(("type", @case["type"]));
        foreach (var (key, value) in (Map)@case["props"]!)
            if (value is not null) properties[key] = value is string text ? WithNow(text) : value;
        var flow = Harness.Flows.Of($"tasks: [{{id: a, type: test.Work}}]\ntriggers: [{{id: t, type: core.trigger.Flow, conditions: [{Data.Write(properties)}]}}]");
        var context = (Map)@case["context"]!;
        var execution = context.GetValueOrDefault("execution") as Map;
        var own = (context.GetValueOrDefault("flow") as Map) is { } named ? flow with { Namespace = (string)named["namespace"]!, Id = (string)named["id"]! } : flow;
        var contexts = new TriggerContexts(new ExpressionEngine(new ExpressionOptions()), new RunSettings());
        var holds = flow.Triggers[0].Conditions[0].Holds(contexts.ConditionsFor(own, execution is null ? null : Upstream(execution), Data.Map(), Now));
        Assert.Equal(@case["expect"], holds);
    }

    private static string WithNow(string text) => NowText().Replace(text, match =>
        (Now + (match.Groups[2].Length == 0 ? TimeSpan.Zero : (match.Groups[1].Value == "-" ? -1 : 1) * Duration.Parse(match.Groups[2].Value))).ToString("O", CultureInfo.InvariantCulture));

    private static Execution Upstream(Map execution) => new()
    {
        Id = "up",
        Namespace = "a",
        FlowId = "b",
        FlowRevision = 1,
        State = StateTrail.Start(Enum.Parse<State>(execution.GetValueOrDefault("state") as string ?? "SUCCESS", true), Now),
        Labels = [.. (execution.GetValueOrDefault("labels") as IReadOnlyList<object?> ?? []).Cast<Map>().Select(l => new Label((string)l["key"]!, (string)l["value"]!))],
        Outputs = execution.GetValueOrDefault("outputs") as Map,
        TaskRuns = (execution.GetValueOrDefault("taskRuns") as IReadOnlyList<object?> ?? []).Cast<Map>().Aggregate(TaskRunList.Empty, (runs, run) => runs.Add(new TaskRun
        {
            Id = "r",
            TaskId = "t",
            State = StateTrail.Start(State.Success, Now),
            Attempts = [.. ((IReadOnlyList<object?>)run["attempts"]!).Select(state => new TaskAttempt(StateTrail.Start(Enum.Parse<State>((string)state!, true), Now)))],
        })),
    };

    [GeneratedRegex(@"^(?:\{\{now\}\}|now)([+-]?)(PT\w+)?$")]
    private static partial Regex NowText();
}

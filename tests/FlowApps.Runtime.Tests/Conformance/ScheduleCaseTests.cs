using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Engine.Tests.Conformance;
using FlowApps.Engine.Triggers;
using FlowApps.Runtime.Triggers;
using FlowApps.Testing.Conformance;
using Map = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlowApps.Runtime.Tests.Conformance;

/// <summary>The schedules of the corpus on a running scheduler. Each fact that a case expects is one arm of a switch; a fact without one fails.</summary>
[Collection(SharedRuntime.Name)]
public sealed partial class ScheduleCaseTests(RuntimeFixture fixture)
{
    private static readonly string[] NotOfTheTrigger = ["lastDate", "lastTriggerDate", "backfill"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly RuntimeHost host = fixture.Host;

    public static TheoryData<string> Names() => [.. Corpus.Set("schedule_cases").Select(c => (string)c["case"]!)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public async Task Schedule_acts_as_the_corpus_says(string name)
    {
        var @case = Corpus.Set("schedule_cases").First(c => c["case"] is string id && id == name);
        var (trigger, expect) = ((Map)@case["trigger"]!, (Map)@case["expect"]!);
        using var limit = new CancellationTokenSource(Patience);
        var news = host.Executions.WatchAsync(null, limit.Token);
        var key = await host.SaveAsync(Source(name, trigger));
        var flow = (await host.Flows.FindAsync(key, null, limit.Token))!;
        var subject = new Subject(flow, (Schedule)flow.Triggers[0], trigger, DateTimeOffset.UtcNow);
        foreach (var (fact, wanted) in expect)
            switch (fact)
            {
                case "date" or "next" or "previous" when trigger.ContainsKey("lastDate"): Assert.Equal(DateWords.Read((string)wanted!, subject.Now, default), Recovered(subject).Next); break;
                case "date" when LocalTime().Match((string)wanted!) is { Success: true } local: AtLocalTime(subject, local.Groups[1].Value, local.Groups[2].Value); break;
                case "date" or "next" or "previous": AtItsDate(subject, expect.GetValueOrDefault("date") as string, fact, (string)wanted!); break;
                case "offset": HasOffset(subject, OffsetInMonths().Match((string)wanted!)); break;
                case "nextEvaluationDate": Assert.Equal(DateWords.Read((string)wanted!, subject.Now, default), Recovered(subject).All[0]); break;
                case "firstExecutionDate": Assert.Equal(DateWords.Read((string)wanted!, subject.Now, default), Recovered(subject).Missed[0]); break;
                case "missedExecutions": Assert.Equal(Convert.ToInt32(wanted, CultureInfo.InvariantCulture), Recovered(subject).Missed.Count); break;
                case "fourthExecutionDate": Assert.Equal(DateWords.Read((string)wanted!, subject.Now, default), Following(subject, 4)); break;
                case "label": HasLabels(subject, (Map)wanted!); break;
                case "execution" when wanted is null: await IsNotDueAsync(subject, limit.Token); break;
                case "execution": await UntilAsync(news, key, StateOf(((Map)wanted!)["state"]), limit.Token); break;
                case "triggerDisabledAfter": await StopsAfterAsync(subject, news, StateOf(((string)wanted!).Split(' ')[1]), limit.Token); break;
                case "executions": await BackfillsAsync(subject, news, Convert.ToInt32(wanted, CultureInfo.InvariantCulture), (Map)expect["inputs"]!, limit.Token); break;
                case "inputs" when expect.ContainsKey("executions"): break;
                default: Assert.Fail($"Nothing checks the fact '{fact}'."); break;
            }
        await host.Flows.DeleteAsync(key, null, limit.Token);
    }

    private static string Source(string name, Map given)
    {
        var trigger = Data.Map(("id", "schedule"), ("type", "io.kestra.plugin.core.trigger.Schedule"));
        foreach (var (key, value) in given)
            if (!NotOfTheTrigger.Contains(key)) trigger[key] = value;
        if (given.GetValueOrDefault("lastTriggerDate") is string last && DateWords.ZoneOf(last) is { } zone) trigger["timezone"] = zone;
        return $$"""
            id: {{name}}
            namespace: schedule.cases
            inputs: [{id: testInputs, type: STRING, required: false}, {id: def, type: STRING, defaults: awesome}]
            tasks: [{id: done, type: io.kestra.plugin.core.debug.Return, format: done}]
            triggers: [{{Data.Write(trigger)}}]
            """;
    }

    private void AtItsDate(Subject subject, string? date, string fact, string wanted)
    {
        var at = date is null ? subject.Schedule.NextDate(subject.Now, CheckOf(subject))!.Value : DateWords.Read(date, subject.Now, default);
        Assert.Equal(at, subject.Schedule.NextDate(at.AddTicks(-1), CheckOf(subject)));
        var actual = DateTimeOffset.Parse((string)subject.Schedule.VariablesAt(at, CheckOf(subject))[fact]!, CultureInfo.InvariantCulture);
        Assert.True(actual.EqualsExact(DateWords.Read(wanted, subject.Now, TimeZoneInfo.ConvertTime(at, TimeZones.Find(subject.Schedule.Timezone)))), $"{fact}: expected {wanted}, got {actual:O}.");
    }

    private void AtLocalTime(Subject subject, string time, string zone)
    {
        var date = subject.Schedule.NextDate(subject.Now, CheckOf(subject))!.Value;
        Assert.Equal(time, TimeZoneInfo.ConvertTime(date, TimeZones.Find(zone)).ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private void HasOffset(Subject subject, Match words)
    {
        foreach (var month in words.Groups[2].Value.Split('/'))
        {
            var start = DateTimeOffset.ParseExact($"1 {month} {words.Groups[3].Value}", "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.EndsWith(words.Groups[1].Value, (string)subject.Schedule.VariablesAt(subject.Schedule.NextDate(start, CheckOf(subject))!.Value, CheckOf(subject))["date"]!, StringComparison.Ordinal);
        }
    }

    /// <summary>What a scheduler does that comes back now: the dates made up for, and the first that is still to come.</summary>
    private (IReadOnlyList<DateTimeOffset> Missed, DateTimeOffset Next, IReadOnlyList<DateTimeOffset> All) Recovered(Subject subject)
    {
        var all = new List<DateTimeOffset>();
        var last = DateWords.Read((string)subject.Given["lastDate"]!, subject.Now, default);
        for (var next = subject.Schedule.Recover(last, subject.Now, RecoverMissedSchedules.All, CheckOf(subject)); ; next = subject.Schedule.Next(next!.Value, subject.Now, CheckOf(subject)))
        {
            all.Add(next!.Value);
            if (next > subject.Now) return (all[..^1], next.Value, all);
        }
    }

    private DateTimeOffset Following(Subject subject, int count)
    {
        var date = DateWords.Read((string)subject.Given["lastTriggerDate"]!, subject.Now, default);
        for (var i = 0; i < count; i++) date = subject.Schedule.NextDate(date, CheckOf(subject))!.Value;
        return date;
    }

    private void HasLabels(Subject subject, Map wanted)
    {
        var scopes = host.Get<TriggerScopes>();
        var labels = scopes.Contexts.LabelsFor(subject.Schedule, scopes.ScopeFor(subject.Flow, null, Data.Map()));
        foreach (var (key, value) in wanted) Assert.Equal(value, labels.Single(label => label.Key == key).Value);
    }

    private async Task IsNotDueAsync(Subject subject, CancellationToken cancellation)
    {
        Assert.True((await RowAsync(subject, cancellation)).NextExecutionDate > subject.Now);
        Assert.Equal(0, await CountAsync(subject));
    }

    private async Task StopsAfterAsync(Subject subject, IAsyncEnumerable<ExecutionNews> news, State state, CancellationToken cancellation)
    {
        await UntilAsync(news, subject.Flow.Key, state, cancellation);
        while (!(await RowAsync(subject, cancellation)).Disabled) await Task.Delay(20, cancellation);
        Assert.Equal(1, await CountAsync(subject));
    }

    private async Task BackfillsAsync(Subject subject, IAsyncEnumerable<ExecutionNews> news, int count, Map inputs, CancellationToken cancellation)
    {
        var range = (Map)subject.Given["backfill"]!;
        DateTimeOffset Bound(string name) => DateWords.Read((string)range[name]!, subject.Now, default);
        await RowAsync(subject, cancellation);
        await host.Get<ITriggers>().StartBackfillAsync(KeyOf(subject), new Backfill(Bound("start"), Bound("end")), cancellation);
        var ids = new HashSet<string>();
        await foreach (var item in news)
            if (item.Flow == subject.Flow.Key && item.State == State.Success && ids.Add(item.ExecutionId) && ids.Count == count) break;
        var dates = new List<DateTimeOffset>();
        foreach (var id in ids)
        {
            var execution = (await host.Executions.FindAsync(id, cancellation))!.Value.Execution;
            foreach (var (key, value) in inputs) Assert.Equal(value, execution.Inputs[key]);
            dates.Add(DateTimeOffset.Parse((string)execution.Trigger!.Variables["date"]!, CultureInfo.InvariantCulture));
        }
        Assert.Equal(Bound("start"), dates.Min());
        Assert.Equal(Bound("end"), dates.Max());
        Assert.Null((await RowAsync(subject, cancellation)).Backfill);
    }

    private DateCheck CheckOf(Subject subject) => variables => host.Get<TriggerScopes>().Hold(subject.Flow, subject.Schedule, variables);

    private static TriggerKey KeyOf(Subject subject) => new(subject.Flow.Namespace, subject.Flow.Id, subject.Schedule.Id);

    private static State StateOf(object? word) => Enum.Parse<State>((string)word!, ignoreCase: true);

    private static async Task UntilAsync(IAsyncEnumerable<ExecutionNews> news, FlowId flow, State state, CancellationToken cancellation)
    {
        await foreach (var item in news.WithCancellation(cancellation))
            if (item.Flow == flow && item.State == state) return;
        throw new TimeoutException($"No execution of {flow} became {state}.");
    }

    private async Task<long> CountAsync(Subject subject) =>
        (await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = subject.Flow.Namespace, FlowId = subject.Flow.Id }, new PageRequest(), CancellationToken.None)).Total;

    /// <summary>The row is written by the scheduler just after the flow was saved.</summary>
    private async Task<TriggerState> RowAsync(Subject subject, CancellationToken cancellation)
    {
        while (true)
        {
            if (await host.Get<ITriggerStore>().LoadAsync(KeyOf(subject), cancellation) is ({ } state, _)) return state;
            await Task.Delay(20, cancellation);
        }
    }

    private sealed record Subject(Flow Flow, Schedule Schedule, Map Given, DateTimeOffset Now);

    [GeneratedRegex(@"^(\d\d:\d\d) local time in (\S+)$")]
    private static partial Regex LocalTime();

    [GeneratedRegex(@"^([+-]\d\d:\d\d) for (\w+(?:/\w+)*) (\d{4})$")]
    private static partial Regex OffsetInMonths();
}

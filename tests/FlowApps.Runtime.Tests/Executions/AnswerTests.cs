using System.Collections.Concurrent;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>
/// Two to sixteen people answer one question at the same moment at two processes, in the way of programs and in the way of people (pages and letters), and for every third question its time
/// is up in that moment too.
/// </summary>
[Collection(Crowds.Name)]
public sealed class AnswerTests : IDisposable
{
    private const int Questions = 2000;
    private const int MostPeople = 16;
    private const int AtOnce = 24;
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(1);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly SemaphoreSlim doors = new(AtOnce);
    private readonly ConcurrentDictionary<string, int> winners = new();
    private int answers;

    public void Dispose() => doors.Dispose();

    [Fact]
    public async Task Each_question_has_one_winner_whose_input_is_kept_and_the_others_hear_who_was_first()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        RuntimeHost[] hosts = [first, second];
        var (open, timed) = (await first.SaveAsync(Source("open", "")), await first.SaveAsync(Source("timed", $"\n    due: {{within: PT{Due.TotalSeconds}S}}\n    onTimeout: late")));
        await Task.WhenAll(Enumerable.Range(0, Questions).Select(async number =>
        {
            await doors.WaitAsync();
            try
            {
                await AskAsync(hosts, number % 3 == 0 ? timed : open, number);
            }
            finally
            {
                doors.Release();
            }
        }));
        Assert.Equal(0, await first.CountAsync("select count(*) from executions where state <> 9"));
        Assert.Equal(0, await first.CountAsync("select count(*) from work") + await first.CountAsync("select count(*) from waits where decided_at is null"));
        Report.Goal($"R-41: {Questions} questions, {answers} answers of 2 to {MostPeople} people at once at two processes: one winner each, its input kept, the others told who was first ({string.Join(", ", winners.OrderBy(way => way.Key).Select(way => $"{way.Value} {way.Key}"))})");
    }

    private async Task AskAsync(RuntimeHost[] hosts, FlowId flow, int number)
    {
        var asked = await hosts[number % 2].StartAsync(flow);
        var run = asked.TaskRuns.First();
        using var gate = new SemaphoreSlim(0);
        var people = number % (MostPeople - 1) + 2;
        Interlocked.Add(ref answers, people);
        var tried = Enumerable.Range(0, people).Select(person => Task.Run(async () =>
        {
            await gate.WaitAsync();
            return await AnsweredAsync(hosts[person % 2], asked.Id, run.Id, person);
        })).ToList();
        if (run.WakeAt is { } due && due - TimeProvider.System.GetUtcNow() is var wait && wait > TimeSpan.Zero) await Task.Delay(wait);
        gate.Release(people);
        var refusals = await Task.WhenAll(tried);
        var ended = await hosts[(number + 1) % 2].EndAsync(asked.Id);
        var stored = (await hosts[0].Get<IWaitStore>().FindAsync(asked.Id, run.Id, None))!.Decision!;
        var told = refusals.Index().Where(answer => answer.Item is null).Select(answer => answer.Index).ToList();
        if (stored.By is null)
        {
            Assert.Empty(told);
            Assert.Equal("late", ended.TaskRuns.Last().Outputs!["value"]);
        }
        else
        {
            var winner = Assert.Single(told);
            Assert.Equal($"p{winner}", stored.By);
            Assert.Equal($"approve r{winner}", ended.TaskRuns.Last().Outputs!["value"]);
        }
        Assert.All(refusals.OfType<string>(), refusal => Assert.Contains(stored.By ?? "the system", refusal, StringComparison.Ordinal));
        winners.AddOrUpdate(stored.By is null ? "by their time" : Way(told[0]), 1, (_, count) => count + 1);
    }

    /// <summary>Null: it was taken; else what the late one hears.</summary>
    private static async Task<string?> AnsweredAsync(RuntimeHost host, string id, string run, int person)
    {
        var (asker, inputs) = (new Asker($"p{person}"), Data.Map(("reason", $"r{person}")));
        try
        {
            if (person / 2 % 2 == 0) await host.Executions.ResumeAsync(id, run, inputs, "approve", null, null, asker, None);
            else await host.Get<IApprovals>().DecideAsync(id, run, new SentDecision("approve") { Inputs = inputs }, asker, None);
            return null;
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
        {
            return e.Message;
        }
    }

    private static string Way(int person) => person / 2 % 2 == 0 ? "by programs" : "by people";

    private static string Source(string id, string more) => $$$"""
        id: {{{id}}}
        namespace: answers
        tasks:
          - id: ask
            type: core.flow.Approval{{{more}}}
            outcomes:
              - {id: approve, inputs: [{id: reason, type: STRING}]}
              - late
          - {id: after, type: core.debug.Return, format: "{{ outputs.ask.outcome }}{{ outputs.ask.outcome == 'approve' ? ' ' ~ outputs.ask.fields.reason : '' }}"}
        """;
}
